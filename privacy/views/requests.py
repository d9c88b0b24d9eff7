"""Requests of people about their data."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request, role_required
from accounts.rights import get_editable
from privacy.access import person_for
from privacy.actions import answer_request, note_request
from privacy.forms import RequestForm
from privacy.models import PrivacyRequest

NOT_YET = 422


@require_http_methods(["GET", "POST"])
def request_note(request: Request, pk: int) -> HttpResponse:
    """Whoever hears the request notes it; admins answer it."""
    person = person_for(request.user, pk)
    form = RequestForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"person": person, "form": form, "title": _("Request of %(name)s") % {"name": person}}
        return render(request, "privacy/person_form.html", context, status=NOT_YET if form.is_bound else 200)

    note_request(person, actor=request.user, **form.cleaned_data)

    messages.success(request, _("Noted. The administration answers within a month."))
    return redirect(person)


@require_POST
@role_required()
def request_answer(request: Request, pk: int) -> HttpResponse:
    """It was answered."""
    answer_request(get_editable(PrivacyRequest.objects, request.user, pk), actor=request.user)
    messages.success(request, _("Noted as answered."))
    return redirect("privacy:overview")
