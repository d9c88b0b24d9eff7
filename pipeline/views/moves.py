"""Steps of a deal: moved, won, lost, reopened, undone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable
from pipeline.actions import lose_deal, move_deal, reopen_deal, tick_criterion, undo_move, win_deal
from pipeline.deal_page import stage_labels, unmet_criteria
from pipeline.forms import LoseDealForm, MoveDealForm, SettledForm, StepForm
from pipeline.models import Deal, Stage
from pipeline.views.answers import asks_about_criteria, bad_request, changed, moved

AFTER_THE_LAST_STAGE = Stage.ABSCHLUSS + 1


@require_http_methods(["GET", "POST"])
@asks_about_criteria
def deal_move(request: Request, pk: int) -> HttpResponse:
    """Drop a card on another column; a GET shows the choices as a page, for those without script."""
    deal = get_editable(Deal.objects, request.user, pk)
    if request.method == "GET":
        return render(request, "pipeline/deal_move.html", {"deal": deal, "labels": stage_labels()})
    form = MoveDealForm(request.POST)
    if not form.is_valid():
        return bad_request(form)
    to, seen_in = form.cleaned_data["to"], form.cleaned_data["seen_in"]

    _settle(request, deal, before=to)
    deal = move_deal(deal, to, seen_in=seen_in, actor=request.user, confirmed=form.cleaned_data["confirmed"])

    text = _("%(customer)s is now in “%(stage)s”.")
    names = {"customer": deal.customer_name, "stage": stage_labels()[to]}
    return moved(request, deal, text % names, stages={seen_in, to})


@require_POST
@asks_about_criteria
def deal_win(request: Request, pk: int) -> HttpResponse:
    """Confirm the order."""
    deal = get_editable(Deal.objects, request.user, pk)
    form = StepForm(request.POST)
    if not form.is_valid():
        return bad_request(form)
    seen_in = form.cleaned_data["seen_in"]

    _settle(request, deal, before=AFTER_THE_LAST_STAGE)
    deal = win_deal(deal, seen_in=seen_in, actor=request.user, confirmed=form.cleaned_data["confirmed"])

    text = _("Won: %(customer)s, a new customer.") if deal.is_new_customer else _("Won: %(customer)s.")
    return moved(request, deal, text % {"customer": deal.customer_name}, stages={seen_in})


@require_http_methods(["GET", "POST"])
def deal_lose(request: Request, pk: int) -> HttpResponse:
    """Ask for the reason, then close the deal as lost in its stage."""
    deal = get_editable(Deal.objects, request.user, pk)
    if request.method == "GET":
        seen_in = request.GET.get("seen_in", deal.stage)
        return _ask_for_reason(request, deal, LoseDealForm(initial={"seen_in": seen_in}))
    form = LoseDealForm(request.POST)
    if "seen_in" in form.errors:
        return bad_request(form)
    if not form.is_valid():
        return _ask_for_reason(request, deal, form, status=422)
    seen_in = form.cleaned_data["seen_in"]

    deal = lose_deal(
        deal,
        form.cleaned_data["reason"],
        note=form.cleaned_data["note"],
        seen_in=seen_in,
        actor=request.user,
    )

    text = _("%(customer)s is marked as lost.") % {"customer": deal.customer_name}
    return moved(request, deal, text, stages={seen_in})


@require_POST
def deal_reopen(request: Request, pk: int) -> HttpResponse:
    """Open a closed deal again where it was closed."""
    deal = get_editable(Deal.objects, request.user, pk)

    deal = reopen_deal(deal, actor=request.user)

    text = _("%(customer)s is open again.") % {"customer": deal.customer_name}
    return changed(request, deal, text, undo_seq=deal.stage_changes.latest("seq").seq)


@require_POST
def deal_undo(request: Request, pk: int, seen_seq: int) -> HttpResponse:
    """Take back the last step, if it is still the one the user saw."""
    deal = get_editable(Deal.objects, request.user, pk)

    deal = undo_move(deal, seen_seq=seen_seq, actor=request.user)

    text = _("Undone: %(customer)s is back in “%(stage)s”.")
    names = {"customer": deal.customer_name, "stage": stage_labels()[deal.stage]}
    return changed(request, deal, text % names)


def _settle(request: Request, deal: Deal, *, before: int) -> None:
    """Tick what the user says is settled; what is ticked stays so, whatever becomes of the step."""
    if not SettledForm.is_in(request.POST):
        return
    form = SettledForm(unmet_criteria(deal, before=before), request.POST)
    form.is_valid()
    for criterion, note in form.settled():
        tick_criterion(deal, criterion, note=note, actor=request.user)


def _ask_for_reason(request: Request, deal: Deal, form: LoseDealForm, status: int = 200) -> HttpResponse:
    template = "pipeline/_lose_form.html" if request.htmx else "pipeline/deal_lose.html"
    return render(request, template, {"deal": deal, "form": form}, status=status)
