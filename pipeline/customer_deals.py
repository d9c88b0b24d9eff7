"""The deals of one customer, for the page of the company or person."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, IntegerField, Q, Sum, Value, When

from accounts.models import User
from contacts.models import Company, Person
from pipeline.models import Deal, DealQuerySet, Outcome, StageSetting

MOST_DEALS = 30
OPEN_FIRST = Case(When(outcome=Outcome.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())


@dataclass(frozen=True)
class CustomerDeals:
    """The deals a user may see, the open ones first, the furthest stage on top; sums are never mixed."""

    deals: list[Deal]
    count: int
    open_totals: list[tuple[str, Decimal]]
    won_totals: list[tuple[str, Decimal]]
    settings: dict[int, StageSetting]


def read_customer_deals(user: User, customer: Company | Person) -> CustomerDeals:
    """The deals of a company or a person that this user may see."""
    deals = Deal.objects.visible_to(user).filter(_of(customer))
    shown = deals.select_related("company", "person", "owner", "loss_reason")
    return CustomerDeals(
        deals=list(shown.order_by(OPEN_FIRST, "-stage", "-opened_at", "-pk")[:MOST_DEALS]),
        count=deals.count(),
        open_totals=_totals(deals.open(), "value"),
        won_totals=_totals(deals.filter(outcome=Outcome.WON), "won_value"),
        settings={setting.stage: setting for setting in StageSetting.objects.all()},
    )


def _of(customer: Company | Person) -> Q:
    """Of a person also those in whose buying centre they are."""
    if isinstance(customer, Company):
        return Q(company=customer)
    return Q(person=customer) | Q(pk__in=customer.deal_roles.values("deal"))


def _totals(deals: DealQuerySet, column: str) -> list[tuple[str, Decimal]]:
    sums = deals.order_by().values("currency").annotate(total_value=Sum(column)).order_by("-total_value")
    return [(row["currency"], row["total_value"]) for row in sums]
