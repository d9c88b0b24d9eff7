"""A field that is still right."""

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.http import Request
from contacts.confirming import can_be_confirmed, confirm_field, subject_for
from contacts.models import Company, Person
from contacts.templatetags.stand import stand

LONGEST_FIELD = 60


@require_POST
def stand_confirm(request: Request, kind: str, pk: int) -> HttpResponse:
    """Note that what a field says is still right; the answer is its stand."""
    row = subject_for(request.user, kind, pk)
    field = request.POST.get("field", "")[:LONGEST_FIELD]
    if not can_be_confirmed(row, field):
        return HttpResponseBadRequest()

    confirm_field(row, field, actor=request.user)

    if not request.htmx:
        contact = row if isinstance(row, Company | Person) else row.company or row.person
        return redirect(contact.get_absolute_url() if contact else "/")
    return render(request, "contacts/_stand.html", stand(row, field))
