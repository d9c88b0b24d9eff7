"""What a page is told after a deal changed: the board gets the card, a deal page redraws itself."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import reswap, retarget, trigger_client_event

from accounts.http import Request
from accounts.rights import get_editable
from core.addresses import page_before, split_address
from pipeline.board import Board
from pipeline.errors import CriteriaUnmet
from pipeline.forms import SettledForm
from pipeline.models import Deal

P = ParamSpec("P")
DealView = Callable[Concatenate[Request, int, P], HttpResponse]


def asks_about_criteria(view: DealView[P]) -> DealView[P]:
    """Answer unmet criteria with the dialog that asks about them, instead of a toast."""

    @wraps(view)
    def asking(request: Request, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, pk, *args, **kwargs)
        except CriteriaUnmet as unmet:
            return _question(request, pk, unmet)

    return asking


def changed(request: Request, deal: Deal, text: str, *, undo_seq: int = 0) -> HttpResponse:
    """The answer after a deal changed; `undo_seq` is the history row that the toast can take back."""
    if not request.htmx:
        messages.success(request, text)
        return redirect(_way_back(request, deal))
    response = HttpResponse(status=204)
    return _announced(response, deal, text, undo_seq)


def moved(request: Request, deal: Deal, text: str, *, stages: set[int]) -> HttpResponse:
    """The answer after a step: on the board the card and the heads of the stages concerned."""
    latest = deal.stage_changes.values_list("seq", flat=True).latest("seq")
    if not is_on_board(request):
        return changed(request, deal, text, undo_seq=latest)
    response = reswap(retarget(card_answer(request, deal, stages=stages), f"#deal-{deal.pk}"), "outerHTML")
    trigger_client_event(response, "dialog:close")
    trigger_client_event(response, "deal-moved")
    trigger_client_event(response, "toast", _toast(deal, text, latest))
    return response


def card_answer(request: Request, deal: Deal, *, stages: set[int]) -> HttpResponse:
    """The card as the board in the browser shows it (nothing when it does not), with heads and pills."""
    board = Board(request.user, _boards_query(request))
    totals = board.totals()
    heads = [totals.heads[stage] for stage in sorted(stages)]
    context = {"board": board, "card": board.card(deal), "heads": heads, "views": board.views(totals)}
    return render(request, "pipeline/_moved.html", context)


def is_on_board(request: Request) -> bool:
    """Whether the fragment was asked for by the board."""
    path = split_address(request.htmx.current_url or "").path
    return bool(request.htmx) and path == reverse("pipeline:deal_board")


def bad_request(form: forms.BaseForm) -> HttpResponseBadRequest:
    """Values no page of ours sends."""
    return HttpResponseBadRequest(form.errors.as_text(), content_type="text/plain; charset=utf-8")


def _announced(response: HttpResponse, deal: Deal, text: str, undo_seq: int) -> HttpResponse:
    trigger_client_event(response, "dialog:close")
    trigger_client_event(response, "deal-changed", {"card": reverse("pipeline:deal_card", args=[deal.pk])})
    return trigger_client_event(response, "toast", _toast(deal, text, undo_seq))


def _toast(deal: Deal, text: str, undo_seq: int) -> dict[str, str]:
    undo_url = reverse("pipeline:deal_undo", args=[deal.pk, undo_seq]) if undo_seq else ""
    return {"text": text, "level": "success", "undo_url": undo_url}


def _boards_query(request: Request) -> QueryDict:
    """The filter of the board that asked: the query of the page it stands in."""
    return QueryDict(split_address(request.htmx.current_url or "").query)


def _way_back(request: Request, deal: Deal) -> str:
    return page_before(request, otherwise=reverse("pipeline:deal_detail", args=[deal.pk]))


def _question(request: Request, pk: int, unmet: CriteriaUnmet) -> HttpResponse:
    """The dialog with what is not settled; where nothing of it is mandatory, one may move all the same."""
    deal = get_editable(Deal.objects, request.user, pk)
    context = {
        "deal": deal,
        "action": request.path,
        "to": request.POST.get("to", ""),
        "seen_in": request.POST.get("seen_in", ""),
        "form": SettledForm(unmet.criteria),
        "mandatory": unmet.mandatory,
        "next": request.POST.get("next", ""),
    }
    if not request.htmx:
        return render(request, "pipeline/deal_question.html", context, status=unmet.status)
    response = render(request, "pipeline/_question.html", context, status=unmet.status)
    return reswap(retarget(response, "#dialog"), "innerHTML")
