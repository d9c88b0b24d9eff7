"""Reading the histories of deals: one ordered stream, grouped as it comes."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from pipeline.models import Criterion, CriterionMet, Deal, DealChange, StageChange
from reporting.clocks import Clock, deal_clocks
from reporting.stage_entries import Change
from reporting.standings import Standing, standing_of

COLUMNS = (
    "deal_id",
    "loss_reason_id",
    "seq",
    "from_stage",
    "to_stage",
    "from_outcome",
    "to_outcome",
    "at",
    "owner_id",
    "team_id",
    "value",
    "currency",
)
CHUNK = 20_000


class DealHistory(NamedTuple):
    """What the history of one deal comes to at a moment."""

    deal_id: int
    clocks: list[Clock]
    standing: Standing


def deal_histories(as_of: datetime, deal_ids: Iterable[int] | None = None) -> Iterator[DealHistory]:
    """Read the history of the deals (of all without `deal_ids`) up to `as_of`, deal by deal.

    Voided deals have none. Run it in one snapshot.
    """
    changes = StageChange.objects.effective().filter(deal__voided_at=None, at__lte=as_of)
    if deal_ids is not None:
        changes = changes.filter(deal__in=list(deal_ids))
    facts = _Facts(as_of, deal_ids)
    rows = changes.order_by("deal_id", "at", "seq").values_list(*COLUMNS).iterator(chunk_size=CHUNK)
    for deal_id, group in groupby(rows, key=itemgetter(0)):
        own = list(group)
        history = [Change._make(row[2:]) for row in own]
        last = history[-1]
        value, currency = facts.values.get(deal_id, (last.value, last.currency))
        standing = standing_of(
            history,
            value=value,
            currency=currency,
            loss_reason_id=own[-1][1],
            is_new_customer=facts.new_customers.get(deal_id),
        )
        if standing:
            yield DealHistory(
                deal_id, deal_clocks(history, as_of, facts.offers_delivered.get(deal_id)), standing
            )


class _Facts:
    """What is known of deals beside their steps, by deal."""

    def __init__(self, as_of: datetime, deal_ids: Iterable[int] | None) -> None:
        of_deals = {} if deal_ids is None else {"deal__in": list(deal_ids)}
        values = DealChange.objects.filter(at__lte=as_of, **of_deals).order_by("deal_id", "-seq")
        self.values: dict[int, tuple[Decimal, str]] = {
            deal_id: (value, currency)
            for deal_id, value, currency in values.distinct("deal_id").values_list(
                "deal_id", "value", "currency"
            )
        }
        delivered = CriterionMet.objects.filter(criterion__code=Criterion.OFFER_DELIVERED, **of_deals)
        self.offers_delivered = dict(delivered.values_list("deal_id", "at"))
        won = Deal.objects.current().exclude(is_new_customer=None)
        if deal_ids is not None:
            won = won.filter(pk__in=list(deal_ids))
        self.new_customers = dict(won.values_list("pk", "is_new_customer"))
