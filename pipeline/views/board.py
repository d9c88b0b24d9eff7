"""The board and its fragments."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request
from accounts.rights import get_visible
from pipeline.board import Board
from pipeline.models import Deal, Stage
from pipeline.views.answers import card_answer

MOST_SHOWN = 1_000_000


@require_GET
def deal_board(request: Request) -> HttpResponse:
    """The five columns under the filter of the URL."""
    board = Board(request.user, request.GET)
    totals = board.totals()
    context = {"board": board, "columns": board.columns(totals), "views": board.views(totals)}
    return render(request, "pipeline/deal_board.html", context)


@require_GET
def deal_column(request: Request, stage: int) -> HttpResponse:
    """The next cards of a column; `shown` says how many stand above."""
    if stage not in Stage.values:
        raise Http404
    shown = request.GET.get("shown", "")
    count = min(int(shown), MOST_SHOWN) if shown.isdecimal() and len(shown) < 10 else 0
    board = Board(request.user, request.GET)
    column = board.more(Stage(stage), request.GET.get("cursor", ""), count)
    return render(request, "pipeline/_cards.html", {"board": board, "column": column})


@require_GET
def deal_card(request: Request, pk: int) -> HttpResponse:
    """One card as it stands now, with all heads: after an undo, or when a colleague moved it."""
    deal = get_visible(Deal.objects, request.user, pk)
    return card_answer(request, deal, stages=set(Stage.values))
