"""Many deals of the list at once: another owner, marked as lost, and that undone."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from core.moments import from_microseconds, to_microseconds
from core.templatetags.money import number
from lists.answers import ask, back, told
from lists.choices import read_choice
from lists.forms import NewOwnerForm
from lists.models import ViewPage
from pipeline.actions import hand_over_deals, lose_deals, losses_at, undo_losses
from pipeline.forms import LossForm
from pipeline.models import Deal


@require_http_methods(["GET", "POST"])
def deals_hand_over(request: Request) -> HttpResponse:
    """Give the chosen deals to another owner."""
    is_asked = request.method == "GET"
    choice = read_choice(ViewPage.LIST, request.user, request.GET if is_asked else request.POST)
    form = NewOwnerForm(None if is_asked else request.POST)
    if not form.is_valid():
        return ask(
            request,
            choice,
            form,
            "lists/_new_owner_fields.html",
            title=_("Change owner"),
            submit_label=_("Change owner"),
            note=_("Next steps stay with whom they are planned for."),
        )
    owner = form.cleaned_data["owner"]

    count = hand_over_deals(choice.rows, owner, actor=request.user)

    text = ngettext(
        "%(number)s deal now belongs to %(owner)s.", "%(number)s deals now belong to %(owner)s.", count
    ) % {"number": number(count), "owner": owner}
    stayed = len(choice.rows) - count
    unchanged = ngettext(
        "%(number)s already belonged to them.", "%(number)s already belonged to them.", stayed
    ) % {"number": number(stayed)}
    return told(request, choice, text, unchanged=unchanged if stayed else "")


@require_http_methods(["GET", "POST"])
def deals_lose(request: Request) -> HttpResponse:
    """Close the chosen deals as lost, all for the same reason."""
    is_asked = request.method == "GET"
    choice = read_choice(ViewPage.LIST, request.user, request.GET if is_asked else request.POST)
    form = LossForm(None if is_asked else request.POST)
    if not form.is_valid():
        return ask(
            request,
            choice,
            form,
            "pipeline/_loss_fields.html",
            title=_("Why were these deals lost?"),
            submit_label=_("Mark as lost"),
            is_danger=True,
        )

    lost = lose_deals(
        choice.rows, form.cleaned_data["reason"], note=form.cleaned_data["note"], actor=request.user
    )

    text = ngettext(
        "%(number)s deal is marked as lost.", "%(number)s deals are marked as lost.", len(lost)
    ) % {"number": number(len(lost))}
    stayed = len(choice.rows) - len(lost)
    unchanged = ngettext("%(number)s was closed already.", "%(number)s were closed already.", stayed) % {
        "number": number(stayed)
    }
    return told(request, choice, text, unchanged=unchanged if stayed else "", undo_url=_way_back(lost))


@require_POST
def deals_lose_undo(request: Request, moment: int) -> HttpResponse:
    """Open again what the user marked as lost together, if nothing else happened to it since."""
    losses = losses_at(from_microseconds(moment), by=request.user)
    editable = Deal.objects.editable_by(request.user).filter(stage_changes__in=losses)
    may = set(editable.values_list("pk", flat=True))
    if not may:
        raise Http404

    opened = undo_losses([row for row in losses if row.deal_id in may], actor=request.user)

    text = ngettext("%(number)s deal is open again.", "%(number)s deals are open again.", len(opened))
    return back(request, ViewPage.LIST, text % {"number": number(len(opened))})


def _way_back(lost: list[Deal]) -> str:
    """Where the losses of one transaction are taken back: its moment names them."""
    if not lost:
        return ""
    moment = lost[0].stage_changes.latest("seq").recorded_at
    return reverse("pipeline:deals_lose_undo", args=[to_microseconds(moment)])
