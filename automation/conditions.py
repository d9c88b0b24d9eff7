"""The questions of the list of deals that a rule may ask: an allow-list, checked by the filter itself."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.http import QueryDict
from django.utils.formats import number_format

from accounts.models import Role, User
from automation.models import Rule
from pipeline.filters import DealFilter
from pipeline.models import Deal, DealQuerySet

QUESTIONS = ("team", "owner", "stage", "kind", "source", "product", "value_from", "value_to", "q")
AMOUNTS = ("value_from", "value_to")


def kept(filter_: DealFilter) -> dict[str, str]:
    """What a filter is asked, as it is stored: amounts as plain numbers, rows by their keys."""
    said = filter_.asked
    return {name: _plain(said[name]) for name in QUESTIONS if name in said}


def as_query(conditions: Mapping[str, str]) -> QueryDict:
    """The stored conditions as the address of a list would have them, amounts as the reader writes them."""
    query = QueryDict(mutable=True)
    for name in QUESTIONS:
        if name in conditions:
            query[name] = _written(conditions[name]) if name in AMOUNTS else conditions[name]
    return query


def fitting(rule: Rule, deals: DealQuerySet) -> DealQuerySet:
    """Those of the deals that the rule's conditions fit, whoever owns them: a rule sees what admins see.

    A condition that can no longer be read (its team or product is gone) fits nothing.
    """
    asking = DealFilter(as_query(rule.conditions), user=_house())
    if set(asking.asked) != set(rule.conditions):
        return deals.none()
    return (
        deals.current().filter(pk__in=asking.qs.order_by().values("pk"))
        if rule.conditions
        else deals.current()
    )


def all_deals() -> DealQuerySet:
    """Where the clock begins to look."""
    return Deal.objects.current()


def _house() -> User:
    """An admin who exists nowhere: rights of a rule are those of the house."""
    return User(role=Role.ADMIN, pk=0)


def _plain(value: object) -> str:
    return str(getattr(value, "pk", value))


def _written(amount: str) -> str:
    try:
        return str(number_format(Decimal(amount), use_l10n=True, force_grouping=False))
    except InvalidOperation:
        return amount
