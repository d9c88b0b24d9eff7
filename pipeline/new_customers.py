"""New or repeat customer: whether a win was the customer's first purchase.

By the moments of all their wins; an order without a deal counts from the day after it, for on its own day
it is the same occasion (`first_bought_on` of the customer, see contacts.purchases). Of wins at the same
moment the one that was known first counts. What was fixed at winning stays: a purchase that comes in later
with an earlier moment changes nothing; such wins are only counted.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min
from django.utils import timezone

from pipeline.models import Deal, DealQuerySet, Outcome

# What kind of customer, and the key of the row, or of the object while it is not saved.
CustomerKey = tuple[str, int]


def is_first_win(deal: Deal) -> bool:
    """Whether nothing was won before from the customer of this deal; the caller has locked that customer."""
    key = _customer_key(deal)
    if key is None or deal.closed_at is None:
        return False
    earlier = _wins_of(key).filter(closed_at__lte=deal.closed_at).exclude(pk=deal.pk)
    return not earlier.exists() and not _bought_before(deal, deal.closed_at)


def mark_new_customers(deals: Iterable[Deal]) -> int:
    """Set `is_new_customer` of won, unsaved deals, by their wins and those in the database, in two queries.

    Answers how many customers have their first win among these deals although a later one here is marked as
    their first already.
    """
    wins = sorted(((deal.closed_at, deal) for deal in deals if deal.is_won and deal.closed_at), key=_moment)
    keys = {id(deal): _customer_key(deal) for _at, deal in wins}
    known = _first_wins({key for key in keys.values() if key})
    first_given: dict[CustomerKey | None, datetime] = {}
    overtaken = 0
    for at, deal in wins:
        key = keys[id(deal)]
        here = known.get(key) if key else None
        is_first = key not in first_given
        first_given.setdefault(key, at)
        deal.is_new_customer = is_first and (here is None or at < here) and not _bought_before(deal, at)
        overtaken += is_first and here is not None and at < here
    return overtaken


def _moment(win: tuple[datetime, Deal]) -> datetime:
    return win[0]


def _customer_key(deal: Deal) -> CustomerKey | None:
    """The company; a person counts where there is no company."""
    if deal.company is not None:
        return ("company", deal.company.pk or id(deal.company))
    return ("person", deal.person.pk or id(deal.person)) if deal.person is not None else None


def _bought_before(deal: Deal, at: datetime) -> bool:
    """Whether the customer, as last read, bought anything on an earlier day."""
    customer = deal.company or deal.person
    first = customer.first_bought_on if customer else None
    return first is not None and first < timezone.localdate(at)


def _wins_of(key: CustomerKey) -> DealQuerySet:
    kind, pk = key
    return _wins(kind).filter(**{kind: pk})


def _wins(kind: str) -> DealQuerySet:
    won = Deal.objects.current().filter(outcome=Outcome.WON)
    return won if kind == "company" else won.filter(company=None)


def _first_wins(keys: Iterable[CustomerKey]) -> dict[CustomerKey, datetime]:
    found: dict[CustomerKey, datetime] = {}
    for kind in ("company", "person"):
        pks = [pk for of_kind, pk in keys if of_kind == kind]
        first = _wins(kind).filter(**{f"{kind}__in": pks}).order_by().values_list(kind)
        found |= {(kind, pk): moment for pk, moment in first.annotate(first=Min("closed_at"))}
    return found
