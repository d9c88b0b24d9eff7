"""What was known of all deals at a moment, read in six queries.

Nothing looks ahead: steps and facts count from the moment we learned of them (`recorded_at`), orders from
when they were entered; a step that was undone later still stands, and so does a deal whose import was undone
later. A delivered offer needs no such moment: it is noted as it happens, or comes in with its deal. Only who
the customer of a deal is, is read as of today. A history that was imported was learned of all at once; asked
for by the moments things happened at (`by_happening`), it is read as if it had been written down day by day.
"""

from datetime import datetime
from typing import Final, NamedTuple

import numpy as np
from django.db.models import (
    BigIntegerField,
    Case,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from numpy.typing import NDArray

from offers.models import Order
from pipeline.models import Criterion, CriterionMet, Deal, DealChange, StageChange
from reporting.forecast.past import Past, days_of
from reporting.forecast.stays import Floats, Places, Steps
from reporting.wire import read_columns

_MICROSECONDS: Final = 86_400_000_000.0
_OUTCOMES: Final = {"open": 0, "won": 1, "lost": 2}
_WON: Final = _OUTCOMES["won"]


class _Known(NamedTuple):
    """What is known at a moment, as conditions."""

    as_of: datetime
    by_happening: bool

    @property
    def happened(self) -> Q:
        """Of histories: their deals stand, and we had learned of the row."""
        known = Q(at__lte=self.as_of) & self._stands("deal__voided_at")
        return known if self.by_happening else known & Q(recorded_at__lte=self.as_of)

    @property
    def ordered(self) -> Q:
        """Of orders: entered, neither cancelled nor taken back by then."""
        known = self._stands("voided_at") & self._stands("cancelled_at")
        return known if self.by_happening else known & Q(created_at__lte=self.as_of)

    def _stands(self, field: str) -> Q:
        stands = Q(**{field: None})
        return stands if self.by_happening else stands | Q(**{f"{field}__gt": self.as_of})


def read_past(as_of: datetime, *, by_happening: bool = False) -> Past:
    """Read what was known; run it in one snapshot."""
    known = _Known(as_of, by_happening)
    currencies = _currencies(known)
    keys, steps = _read_steps(known, currencies)
    value, currency, owner, team = _read_facts(keys, steps, known, currencies)
    customer, was_new = _read_customers(keys)
    return Past(
        as_of=as_of,
        now=days_of(as_of),
        keys=keys,
        steps=steps,
        value=value,
        currency=currency,
        owner=owner,
        team=team,
        customer=customer,
        is_repeat=_bought_before(steps, customer, known),
        was_new=was_new,
        delivered_at=_read_deliveries(keys, as_of),
        currencies=currencies,
    )


def _currencies(known: _Known) -> list[str]:
    histories = (StageChange.objects, DealChange.objects)
    found = (rows.filter(known.happened).order_by().values_list("currency").distinct() for rows in histories)
    return sorted({currency for rows in found for (currency,) in rows})


def _read_steps(known: _Known, currencies: list[str]) -> tuple[Places, Steps]:
    undone = StageChange.objects.filter(known.happened, reverts=OuterRef("pk"))
    changes = StageChange.objects.filter(known.happened, ~Exists(undone), reverts=None)
    outcome = Case(*(When(to_outcome=word, then=Value(code)) for word, code in _OUTCOMES.items()))
    rows = changes.order_by("deal_id", "at", "seq").values_list(
        "deal_id",
        "at",
        _whole("to_stage"),
        _whole(outcome),
        "owner_id",
        "team_id",
        _cents("value"),
        _unit(currencies),
    )
    deal_ids, at, stage, ended, owner, team, cents, unit = read_columns(rows, 8)
    keys, deal = np.unique(deal_ids, return_inverse=True)
    return keys, Steps(deal, at / _MICROSECONDS, stage, ended, owner, team, cents / 100, unit)


def _read_facts(
    keys: Places, steps: Steps, known: _Known, currencies: list[str]
) -> tuple[Floats, Places, Places, Places]:
    """Value, currency, owner and team of that day; those of the last step where nothing else is written."""
    last = steps.last
    value, unit = steps.value[last], steps.currency[last]
    owner, team = steps.owner[last], steps.team[last]
    rows = DealChange.objects.filter(known.happened).order_by("deal_id", "-seq").distinct("deal_id")
    found = read_columns(
        rows.values_list("deal_id", "owner_id", "team_id", _cents("value"), _unit(currencies)), 5
    )
    at, here = _places(keys, found[0])
    owner[at], team[at] = found[1][here], found[2][here]
    value[at], unit[at] = found[3][here] / 100, found[4][here]
    return value, unit, owner, team


def _read_customers(keys: Places) -> tuple[Places, NDArray[np.bool_]]:
    """By deal: its customer, and whether its win was one of a new customer."""
    rows = Deal.objects.values_list("pk", *_customer(), _whole(_one_if(is_new_customer=True)))
    pks, company, person, is_new = read_columns(rows, 4)
    at, here = _places(keys, pks)
    customer, was_new = np.full(keys.size, -1), np.zeros(keys.size, bool)
    customer[at], was_new[at] = _named(company, person)[here], is_new[here] > 0
    return customer, was_new


def _bought_before(steps: Steps, customer: Places, known: _Known) -> NDArray[np.bool_]:
    """By deal: whether its customer had bought by an earlier day, by a win or an order without a deal."""
    rows = Order.objects.filter(known.ordered, deal=None)
    day = Cast("ordered_on", DateTimeField())
    company, person, ordered = read_columns(rows.values_list(*_customer(), day), 3)
    today = np.floor(days_of(known.as_of))
    by_order = _named(company, person)[ordered / _MICROSECONDS < today]
    last = steps.last
    is_win = (steps.outcome[last] == _WON) & (steps.at[last] < today)
    bought = np.union1d(by_order, customer[is_win])
    return np.isin(customer, bought[bought >= 0])


def _read_deliveries(keys: Places, as_of: datetime) -> Floats:
    met = CriterionMet.objects.filter(criterion__code=Criterion.OFFER_DELIVERED, at__lte=as_of)
    deals, moments = read_columns(met.values_list("deal_id", "at"), 2)
    at, here = _places(keys, deals)
    delivered = np.full(keys.size, np.nan)
    delivered[at] = moments[here] / _MICROSECONDS
    return delivered


def _places(keys: Places, wanted: Places) -> tuple[Places, Places]:
    """Where the wanted keys stand among `keys`, and which of the wanted stand there at all."""
    at = np.minimum(np.searchsorted(keys, wanted), max(keys.size - 1, 0))
    here = np.flatnonzero(keys[at] == wanted) if keys.size else np.zeros(0, np.int64)
    return at[here], here


def _customer() -> tuple[Coalesce, Coalesce]:
    """Company and person as columns; 0 for none."""
    company, person = (
        Coalesce(name, Value(0), output_field=BigIntegerField()) for name in ("company_id", "person_id")
    )
    return company, person


def _named(company: Places, person: Places) -> Places:
    """One number for each customer: the company, or the person where there is none; -1 without."""
    return np.where(company > 0, company * 2, np.where(person > 0, person * 2 + 1, -1))


def _unit(currencies: list[str]) -> Cast:
    """The place of a row's currency."""
    whens = (When(currency=code, then=Value(number)) for number, code in enumerate(currencies))
    return _whole(Case(*whens, default=Value(0)))


def _one_if(**condition: object) -> Case:
    return Case(When(**condition, then=Value(1)), default=Value(0))


def _whole(what: str | Case) -> Cast:
    return Cast(what, BigIntegerField())


def _cents(name: str) -> Cast:
    return Cast(F(name) * Value(100, output_field=IntegerField()), BigIntegerField())
