"""What was known of all deals at a moment, read in five queries.

Nothing looks ahead: steps and values count from the moment we learned of them (`recorded_at`), and a step
that was undone later still stands. A history that was imported was learned of all at once; asked for by the
moments things happened at (`by_happening`), it is read as if it had been written down day by day.
"""

from datetime import datetime
from typing import Final

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

from pipeline.models import Criterion, CriterionMet, Deal, DealChange, StageChange
from reporting.forecast.past import Past, days_of
from reporting.forecast.stays import Floats, Places, Steps
from reporting.wire import read_columns

_MICROSECONDS: Final = 86_400_000_000.0
_OUTCOMES: Final = {"open": 0, "won": 1, "lost": 2}


def read_past(as_of: datetime, *, by_happening: bool = False) -> Past:
    """Read what was known; run it in one snapshot."""
    known = Q(at__lte=as_of) if by_happening else Q(at__lte=as_of, recorded_at__lte=as_of)
    changes = StageChange.objects.filter(known, deal__voided_at=None)
    currencies = sorted(changes.order_by().values_list("currency", flat=True).distinct())
    keys, steps = _read_steps(changes, known, currencies)
    value, owner, team = _read_facts(keys, steps, known)
    customer, is_repeat, was_new = _read_customers(keys, days_of(as_of))
    return Past(
        as_of=as_of,
        now=days_of(as_of),
        keys=keys,
        steps=steps,
        value=value,
        owner=owner,
        team=team,
        customer=customer,
        is_repeat=is_repeat,
        was_new=was_new,
        delivered_at=_read_deliveries(keys, as_of),
        currencies=currencies,
    )


def _read_steps(changes, known: Q, currencies: list[str]) -> tuple[Places, Steps]:  # type: ignore[no-untyped-def]
    undone = StageChange.objects.filter(known, reverts=OuterRef("pk"))
    effective = changes.filter(~Exists(undone), reverts=None).order_by("deal_id", "at", "seq")
    outcome = Case(*(When(to_outcome=word, then=Value(code)) for word, code in _OUTCOMES.items()))
    currency = Case(
        *(When(currency=code, then=Value(number)) for number, code in enumerate(currencies)), default=Value(0)
    )
    rows = effective.values_list(
        "deal_id",
        "at",
        _whole("to_stage"),
        _whole(outcome),
        "owner_id",
        "team_id",
        _cents("value"),
        _whole(currency),
    )
    deal_ids, at, stage, ended, owner, team, cents, unit = read_columns(rows, 8)
    keys, deal = np.unique(deal_ids, return_inverse=True)
    return keys, Steps(deal, at / _MICROSECONDS, stage, ended, owner, team, cents / 100, unit)


def _read_facts(keys: Places, steps: Steps, known: Q) -> tuple[Floats, Places, Places]:
    """Value, owner and team of that day; those of the last step where nothing else is written down."""
    last = steps.last
    value, owner, team = steps.value[last], steps.owner[last], steps.team[last]
    rows = (
        DealChange.objects.filter(known, deal__voided_at=None).order_by("deal_id", "-seq").distinct("deal_id")
    )
    found = read_columns(rows.values_list("deal_id", "owner_id", "team_id", _cents("value")), 4)
    at, here = _places(keys, found[0])
    owner[at], team[at], value[at] = found[1][here], found[2][here], found[3][here] / 100
    return value, owner, team


def _read_customers(keys: Places, now: float) -> tuple[Places, NDArray[np.bool_], NDArray[np.bool_]]:
    """The customer is the company, or the person where there is none."""
    bought = Case(
        When(company=None, then=F("person__first_bought_on")), default=F("company__first_bought_on")
    )
    never = Value("infinity")
    rows = Deal.objects.current().values_list(
        "pk",
        Coalesce("company_id", Value(0), output_field=BigIntegerField()),
        Coalesce("person_id", Value(0), output_field=BigIntegerField()),
        Coalesce(Cast(bought, DateTimeField()), Cast(never, DateTimeField())),
        _whole(Case(When(is_new_customer=True, then=Value(1)), default=Value(0))),
    )
    pks, company, person, first, is_new = read_columns(rows, 5)
    at, here = _places(keys, pks)
    customer, is_repeat, was_new = (
        np.full(keys.size, -1),
        np.zeros(keys.size, bool),
        np.zeros(keys.size, bool),
    )
    named = np.where(company > 0, company * 2, np.where(person > 0, person * 2 + 1, -1))
    customer[at], was_new[at] = named[here], is_new[here] > 0
    is_repeat[at] = first[here] / _MICROSECONDS < np.floor(now)
    return customer, is_repeat, was_new


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


def _whole(what: str | Case) -> Cast:
    return Cast(what, BigIntegerField())


def _cents(name: str) -> Cast:
    return Cast(F(name) * Value(100, output_field=IntegerField()), BigIntegerField())
