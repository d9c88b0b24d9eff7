"""The board and its fragments."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from accounts.http import Request
from accounts.rights import get_visible
from core.addresses import read_keys
from lists.models import ViewPage
from lists.saved_views import Question, read_view_bar
from pipeline.board import Board
from pipeline.board_news import read_board_news
from pipeline.live import ADDRESS
from pipeline.models import Deal, Stage
from pipeline.views.answers import card_answer

MOST_SHOWN = 1_000_000
# As many cards as one looks through; what else changes on them shows when the page is loaded anew.
MOST_ON_BOARD = 500
# Before it no board was read, and the first moments of the calendar cannot be reckoned with.
EARLIEST_YEAR = 2000


@require_GET
def deal_board(request: Request) -> HttpResponse:
    """The five columns under the filter of the URL."""
    read_at = timezone.now()
    board = Board(request.user, request.GET)
    totals = board.totals()
    context = {
        "board": board,
        "columns": board.columns(totals),
        "views": board.views(totals),
        "read_at": read_at,
        "live_url": ADDRESS,
        "bar": read_view_bar(Question(ViewPage.BOARD, board.filter)),
    }
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


@require_GET
def board_news(request: Request) -> HttpResponse:
    """The cards that changed `since` the board was last read, of those `on` it; 204 when none did."""
    board = Board(request.user, request.GET)
    on_board = read_keys(request.GET.get("on", "").split(",", MOST_ON_BOARD)[:MOST_ON_BOARD])
    news = read_board_news(board, _moment(request.GET.get("since", "")), on_board)
    if news is None:
        return HttpResponse(status=204)
    context = {"board": board, "news": news, "views": board.views(news.totals)}
    return render(request, "pipeline/_board_news.html", context)


def _moment(text: str) -> datetime:
    """The moment a board says it was read; whatever is none of ours counts as now."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment) or moment.year < EARLIEST_YEAR:
        return timezone.now()
    return moment
