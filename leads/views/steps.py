"""Steps of a lead: its states, who has it, whom it is linked with."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.models import Company, Person
from leads.actions import assign_lead, change_state, link_lead, reopen_lead, undo_state
from leads.forms import AssignForm, DisqualifyLeadForm, StateForm
from leads.models import Lead, LeadState, LeadStateChange
from leads.views.answers import bad_request, changed

# Converting and disqualifying have their own ways.
BY_HAND = (LeadState.NEW, LeadState.WORKING, LeadState.QUALIFIED)


@require_POST
def lead_state(request: Request, pk: int) -> HttpResponse:
    """Move an open lead to another open state."""
    lead = get_editable(Lead.objects, request.user, pk)
    form = StateForm(request.POST)
    if not form.is_valid() or form.cleaned_data["to"] not in BY_HAND:
        return bad_request(form)

    lead = change_state(
        lead,
        LeadState(form.cleaned_data["to"]),
        seen_in=LeadState(form.cleaned_data["seen_in"]),
        actor=request.user,
    )

    text = _("%(lead)s is now “%(state)s”.") % {"lead": lead, "state": lead.get_state_display()}
    return changed(request, lead, text, undo_url=_way_back(lead))


@require_http_methods(["GET", "POST"])
def lead_disqualify(request: Request, pk: int) -> HttpResponse:
    """Ask for the reason, then close the lead."""
    lead = get_editable(Lead.objects, request.user, pk)
    posted = request.POST if request.method == "POST" else None
    form = DisqualifyLeadForm(posted, initial={"seen_in": lead.state})
    if "seen_in" in form.errors and form.is_bound:
        return bad_request(form)
    if not form.is_valid():
        template = "leads/_disqualify.html" if request.htmx else "leads/lead_disqualify.html"
        status = 422 if form.is_bound else 200
        return render(request, template, {"lead": lead, "form": form, "action": request.path}, status=status)

    lead = change_state(
        lead,
        LeadState.DISQUALIFIED,
        seen_in=LeadState(form.cleaned_data["seen_in"]),
        reason=form.cleaned_data["reason"],
        note=form.cleaned_data["note"],
        actor=request.user,
    )

    text = _("%(lead)s is disqualified.") % {"lead": lead}
    return changed(request, lead, text, undo_url=_way_back(lead))


@require_POST
def lead_reopen(request: Request, pk: int) -> HttpResponse:
    """Take up a disqualified lead again."""
    lead = reopen_lead(get_editable(Lead.objects, request.user, pk), actor=request.user)
    return changed(request, lead, _("%(lead)s is open again.") % {"lead": lead})


@require_POST
def lead_undo(request: Request, pk: int, change: int) -> HttpResponse:
    """Take back the last step, if it is still the one the user saw."""
    lead = get_editable(Lead.objects, request.user, pk)
    row = get_object_or_404(LeadStateChange, pk=change, lead=lead)
    if lead.state == LeadState.CONVERTED:
        raise Http404
    lead = undo_state(lead, row, actor=request.user)
    text = _("Undone: %(lead)s is “%(state)s” again.")
    return changed(request, lead, text % {"lead": lead, "state": lead.get_state_display()})


@require_POST
def lead_take(request: Request, pk: int) -> HttpResponse:
    """Take a lead that nobody has; of two at once the first one gets it."""
    lead = get_editable(Lead.objects, request.user, pk)
    lead = assign_lead(
        lead,
        request.user,
        why=_("Taken from the inbox"),
        actor=request.user,
        seen_owner=None,
        check_owner=True,
    )
    return changed(request, lead, _("%(lead)s is yours.") % {"lead": lead})


@require_http_methods(["GET", "POST"])
def lead_assign(request: Request, pk: int) -> HttpResponse:
    """Give a lead to a colleague."""
    lead = get_editable(Lead.objects, request.user, pk)
    form = AssignForm(request.POST if request.method == "POST" else None, initial={"owner": lead.owner_id})
    if not form.is_valid():
        template = "leads/_assign.html" if request.htmx else "leads/lead_assign.html"
        status = 422 if form.is_bound else 200
        return render(request, template, {"lead": lead, "form": form, "action": request.path}, status=status)
    owner = form.cleaned_data["owner"]
    why = form.cleaned_data["why"] or _("Given by %(name)s") % {"name": request.user}

    assign_lead(lead, owner, why=why, actor=request.user)

    return changed(request, lead, _("%(lead)s now belongs to %(owner)s.") % {"lead": lead, "owner": owner})


@require_POST
def lead_link(request: Request, pk: int, kind: str, row: int) -> HttpResponse:
    """Say that a lead is this company or this person of the customer database."""
    lead = get_editable(Lead.objects.select_related("company", "person"), request.user, pk)
    company, person = lead.company, lead.person
    if kind == "company":
        company = get_visible(Company.objects.current(), request.user, row)
    elif kind == "person":
        person = get_visible(Person.objects.current(), request.user, row)
    else:
        raise Http404
    lead = link_lead(lead, company=company, person=person, actor=request.user)
    return changed(request, lead, _("Linked."))


def _way_back(lead: Lead) -> str:
    last = lead.state_changes.order_by("seq").last()
    return reverse("leads:lead_undo", args=[lead.pk, last.pk]) if last and last.from_state else ""
