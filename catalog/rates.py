"""Converting amounts by the dated table of exchange rates: each by the rate of its own day.

The rate of a day is the last one on or before it. Where there is none, there is no amount.
"""

from django.db.models import Case, DecimalField, ExpressionWrapper, F, OuterRef, Subquery, Value, When
from django.db.models.expressions import Combinable

from catalog.models import ExchangeRate
from catalog.models.rate import BASE

AMOUNT = DecimalField(max_digits=24, decimal_places=8)


def converted(amount: str, *, currency: str, day: str, to: str) -> Case:
    """The amount in another currency; the arguments but `to` name fields of the query."""
    other = ExpressionWrapper(
        F(amount) * _per_euro_of(to, day) / _per_euro(currency, day), output_field=AMOUNT
    )
    return Case(When(**{currency: to}, then=F(amount)), default=other, output_field=AMOUNT)


def _per_euro(currency: str, day: str) -> Case:
    return Case(
        When(**{currency: BASE}, then=Value(1, output_field=AMOUNT)),
        default=_latest(OuterRef(currency), day),
        output_field=AMOUNT,
    )


def _per_euro_of(to: str, day: str) -> Combinable:
    return Value(1, output_field=AMOUNT) if to == BASE else _latest(Value(to), day)


def _latest(currency: Combinable, day: str) -> Subquery:
    rates = ExchangeRate.objects.filter(currency=currency, valid_from__lte=OuterRef(day))
    return Subquery(rates.order_by("-valid_from").values("per_euro")[:1], output_field=AMOUNT)
