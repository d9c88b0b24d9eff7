"""What changed on a board since its browser last looked: cards to show anew, and cards that are gone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Team, User
from pipeline.board import Board, Totals, with_owner
from pipeline.cards import Card, stamp
from pipeline.filters import ME, BoardFilter
from pipeline.models import Deal

# A change carries the moment it was written; it is seen when its transaction is over.
OVERLAP = timedelta(seconds=20)
# With more than this the whole board is loaded anew.
MOST_CHANGES = 40


@dataclass(frozen=True)
class BoardNews:
    """Cards of the board that changed, deals it shows no longer (key and stamp), and when this was read.

    With `is_too_much` there are no cards: the page has to be loaded anew.
    """

    at: datetime
    cards: list[Card]
    gone: list[tuple[int, str]]
    totals: Totals
    is_too_much: bool = False


def read_board_news(board: Board, since: datetime, on_board: Collection[int] = ()) -> BoardNews | None:
    """What this board should show anew since a moment; None when nothing changed.

    `on_board` are the keys of the cards the browser shows: what the user may no longer see is gone, too.
    """
    at = timezone.now()
    visible = Deal.objects.visible_to(board.user)
    touched = visible.filter(touched_at__gte=since - OVERLAP)
    stamps = dict(touched.order_by("touched_at").values_list("pk", "touched_at")[: MOST_CHANGES + 1])
    hidden = set(on_board) - set(visible.filter(pk__in=on_board).values_list("pk", flat=True))
    if not stamps and not hidden:
        return None
    if len(stamps) > MOST_CHANGES:
        return BoardNews(at, [], [], board.totals(), is_too_much=True)
    cards = board.some_cards(list(stamps))
    shown = {card.deal.pk for card in cards}
    gone = [(key, stamp(moment)) for key, moment in stamps.items() if key not in shown]
    # When such a deal was touched is none of the reader's business.
    gone += [(key, stamp(at)) for key in sorted(hidden)]
    return BoardNews(at, cards, gone, board.totals())


def whose_deals(user: User, query: QueryDict) -> frozenset[int] | None:
    """The owners whose deals a board shows, by the owner or team its filter names; None for everyone's.

    Only owners of deals the reader may see: that something of others changed tells when they work.
    """
    asked = BoardFilter(with_owner(user, query), user=user).asked
    owner, team = str(asked.get("owner", "")), asked.get("team")
    if owner == ME or owner.isdecimal():
        return frozenset([user.pk if owner == ME else int(owner)])
    owners = User.objects.filter(team=team) if isinstance(team, Team) else User.objects.all()
    if user.is_admin or settings.DEAL_VISIBILITY == "all":
        return None if team is None else frozenset(owners.values_list("pk", flat=True))
    seen = Deal.objects.visible_to(user).filter(owner=OuterRef("pk"))
    return frozenset(owners.filter(Exists(seen)).values_list("pk", flat=True))
