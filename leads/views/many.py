"""Many leads of the list at once: another owner, disqualified, and that undone."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from core.moments import from_microseconds, to_microseconds
from core.templatetags.money import number
from leads.actions import disqualify_leads, hand_over_leads, undo_disqualified
from leads.forms import DisqualifyForm
from leads.models import Lead
from lists.answers import ask, back, told
from lists.choices import read_choice
from lists.forms import NewOwnerForm
from lists.models import ViewPage


@require_http_methods(["GET", "POST"])
def leads_hand_over(request: Request) -> HttpResponse:
    """Give the chosen leads to another owner."""
    is_asked = request.method == "GET"
    choice = read_choice(ViewPage.LEADS, request.user, request.GET if is_asked else request.POST)
    form = NewOwnerForm(None if is_asked else request.POST)
    if not form.is_valid():
        return ask(
            request,
            choice,
            form,
            "lists/_new_owner_fields.html",
            title=_("Change owner"),
            submit_label=_("Change owner"),
            note=_("Closed leads stay as they are."),
        )
    owner = form.cleaned_data["owner"]
    why = _("Given by %(name)s") % {"name": request.user}

    count = hand_over_leads(choice.rows, owner, why=why, actor=request.user)

    text = ngettext(
        "%(number)s lead now belongs to %(owner)s.", "%(number)s leads now belong to %(owner)s.", count
    )
    unchanged = _stayed(len(choice.rows) - count)
    return told(request, choice, text % {"number": number(count), "owner": owner}, unchanged=unchanged)


@require_http_methods(["GET", "POST"])
def leads_disqualify(request: Request) -> HttpResponse:
    """Close the chosen leads, all for the same reason."""
    is_asked = request.method == "GET"
    choice = read_choice(ViewPage.LEADS, request.user, request.GET if is_asked else request.POST)
    form = DisqualifyForm(None if is_asked else request.POST)
    if not form.is_valid():
        return ask(
            request,
            choice,
            form,
            "leads/_disqualify_fields.html",
            title=_("Why do these leads come to nothing?"),
            submit_label=_("Disqualify"),
            is_danger=True,
        )

    closed = disqualify_leads(
        choice.rows, form.cleaned_data["reason"], note=form.cleaned_data["note"], actor=request.user
    )

    text = ngettext("%(number)s lead is disqualified.", "%(number)s leads are disqualified.", len(closed))
    return told(
        request,
        choice,
        text % {"number": number(len(closed))},
        unchanged=_stayed(len(choice.rows) - len(closed)),
        undo_url=_way_back(closed),
    )


@require_POST
def leads_disqualify_undo(request: Request, moment: int) -> HttpResponse:
    """Open again what the user disqualified together, if nothing else happened to it since."""
    at = from_microseconds(moment)
    mine = Lead.objects.editable_by(request.user).filter(
        state_changes__recorded_at=at, state_changes__actor=request.user
    )
    leads = list(mine.distinct())
    if not leads:
        raise Http404

    count = undo_disqualified(at, leads, actor=request.user)

    text = ngettext("%(number)s lead is open again.", "%(number)s leads are open again.", count)
    return back(request, ViewPage.LEADS, text % {"number": number(count)})


def _stayed(count: int) -> str:
    text = ngettext("%(number)s stays as it was.", "%(number)s stay as they were.", count)
    return text % {"number": number(count)} if count else ""


def _way_back(closed: list[Lead]) -> str:
    if not closed:
        return ""
    moment = closed[0].state_changes.latest("seq").recorded_at
    return reverse("leads:leads_disqualify_undo", args=[to_microseconds(moment)])
