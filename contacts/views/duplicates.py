"""The work list of possible duplicates, and the hint while somebody types."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh, trigger_client_event

from accounts.http import Request
from accounts.rights import get_editable
from contacts.actions.duplicates import decide_pair
from contacts.duplicate_list import DuplicateFilter, duplicate_page
from contacts.duplicates import twins_of
from contacts.forms import CompanyForm, PersonForm
from contacts.models import Company, DuplicatePair, Person
from contacts.reach_forms import ReachForms

DECIDED = {
    DuplicatePair.State.NOT_DUPLICATE: _("Noted as no duplicate."),
    DuplicatePair.State.LATER: _("Put off."),
    DuplicatePair.State.OPEN: _("Back on the list."),
}


@require_GET
def duplicate_list(request: Request) -> HttpResponse:
    """Pairs that may be one, the surest first."""
    asked = DuplicateFilter(request.GET, user=request.user)
    context = duplicate_page(asked, request.GET.get("cursor", ""))
    return render(request, "contacts/duplicate_list.html", context)


@require_POST
def duplicate_decide(request: Request, pk: int, state: str) -> HttpResponse:
    """No duplicate, later, or back on the list; the answer to htmx lets the row go."""
    pair = get_editable(DuplicatePair.objects, request.user, pk)
    if state not in DECIDED:
        raise Http404
    before = pair.state

    decide_pair(pair, state, actor=request.user)

    text = str(DECIDED[DuplicatePair.State(state)])
    undo_url = reverse("contacts:duplicate_decide", args=[pk, before]) if before in DECIDED else ""
    if request.htmx and state != DuplicatePair.State.OPEN:
        said = {"text": text, "level": "success", "undo_url": undo_url}
        return trigger_client_event(HttpResponse(), "toast", said)
    messages.success(request, text, extra_tags=undo_url)
    if request.htmx:
        return HttpResponseClientRefresh()
    return redirect("contacts:duplicate_list")


@require_POST
def twins(request: Request, kind: type[Company] | type[Person]) -> HttpResponse:
    """Who may be meant by what is typed so far."""
    form = CompanyForm(request.POST) if kind is Company else PersonForm(request.POST)
    lines = ReachForms(request.POST)
    form.is_valid()
    lines.is_valid()
    found = twins_of(form.draft(lines.typed()), while_typing=True)
    return render(request, "contacts/_twins_found.html", {"twins": found})
