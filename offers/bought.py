"""What a customer bought: product by product, how much, for how much, how often, and when it is due again.

Counted are the orders by which somebody has bought (`bought`), as far as the user may see them. The usual
interval is the median of the days between one order day and the next, from three order days on; due is the
last order day plus that interval. It is no forecast: it says when this customer would order if they went on
as before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, F, Max, QuerySet, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from catalog.models import Product
from contacts.models import Company, Person
from offers.models import Order, OrderLine, OrderQuerySet

MOST_PRODUCTS = 20
MOST_ORDERS = 8
MOST_BUYERS = 50
# Two intervals are the fewest that say anything about a habit.
FEWEST_DAYS = 3


@dataclass(frozen=True)
class Bought:
    """One product (or one text, where it is none of ours) in one unit and currency."""

    name: str
    product_id: int | None
    quantity: Decimal
    unit: str
    net: Decimal
    currency: str
    days: tuple[date, ...]

    @property
    def first_on(self) -> date:
        """When it was ordered first."""
        return self.days[0]

    @property
    def last_on(self) -> date:
        """When it was ordered last."""
        return self.days[-1]

    @property
    def interval(self) -> int | None:
        """Usually so many days lie between two orders; None while that cannot be told."""
        return usual_interval(self.days)

    @property
    def due_on(self) -> date | None:
        """When the next order would come if all goes on as before."""
        return self.last_on + timedelta(days=self.interval) if self.interval else None

    @property
    def is_overdue(self) -> bool:
        """Whether that day has passed."""
        return self.due_on is not None and self.due_on < timezone.localdate()


@dataclass(frozen=True)
class CustomerOrders:
    """The orders of a customer that a user may see, the newest ones, and what was bought with all of them."""

    orders: list[Order]
    count: int
    totals: list[tuple[str, Decimal]]
    bought: list[Bought]
    has_more: bool


@dataclass(frozen=True)
class Buyer:
    """A customer of one product."""

    name: str
    url: str
    quantity: Decimal
    unit: str
    net: Decimal
    currency: str
    last_on: date


def usual_interval(days: tuple[date, ...]) -> int | None:
    """The median of the days between each order day and the next; None below FEWEST_DAYS order days."""
    if len(days) < FEWEST_DAYS:
        return None
    return round(median((later - earlier).days for earlier, later in pairwise(days)))


def read_customer_orders(user: User, customer: Company | Person) -> CustomerOrders:
    """The orders of a company, or those a person placed."""
    visible = Order.objects.visible_to(user)
    orders = visible.of_company(customer) if isinstance(customer, Company) else visible.of_person(customer)
    lines = OrderLine.objects.filter(order__in=orders.bought().values("pk"))
    bought = _bought(lines)
    return CustomerOrders(
        orders=list(orders.for_list().order_by("-ordered_on", "-pk")[:MOST_ORDERS]),
        count=orders.count(),
        totals=totals_of(orders.bought()),
        bought=bought[:MOST_PRODUCTS],
        has_more=len(bought) > MOST_PRODUCTS,
    )


def read_buyers(user: User, product: Product) -> list[Buyer]:
    """Who bought a product, by the money they left for it."""
    orders = Order.objects.visible_to(user).bought()
    lines = OrderLine.objects.filter(product=product, order__in=orders.values("pk")).order_by()
    # Whoever of a company ordered, the company bought.
    alone = Case(When(order__company=None, then=F("order__person")))
    rows = lines.values("order__company", "unit", "order__currency", private=alone)
    summed = rows.annotate(
        total_quantity=Sum("quantity"), total_net=Sum("net"), last_on=Max("order__ordered_on")
    )
    top = list(summed.order_by("-total_net")[:MOST_BUYERS])
    companies = Company.objects.in_bulk([row["order__company"] for row in top if row["order__company"]])
    persons = Person.objects.in_bulk([row["private"] for row in top if row["private"]])
    return [_buyer(companies.get(row["order__company"]) or persons[row["private"]], row) for row in top]


def totals_of(orders: OrderQuerySet) -> list[tuple[str, Decimal]]:
    """What orders come to, net, per currency, the largest sum first."""
    lines = OrderLine.objects.filter(order__in=orders.order_by().values("pk")).order_by()
    sums = lines.values("order__currency").annotate(total_net=Sum("net")).order_by("-total_net")
    return [(row["order__currency"], row["total_net"]) for row in sums]


def _buyer(customer: Company | Person, row: Mapping[str, Any]) -> Buyer:
    return Buyer(
        name=str(customer),
        url=customer.get_absolute_url(),
        quantity=row["total_quantity"],
        unit=row["unit"],
        net=row["total_net"],
        currency=row["order__currency"],
        last_on=row["last_on"],
    )


def _bought(lines: QuerySet[OrderLine]) -> list[Bought]:
    rows = lines.order_by().values("product", "unit", name=Coalesce(F("product__name"), F("text")))
    summed = rows.annotate(
        currency=F("order__currency"),
        total_quantity=Sum("quantity"),
        total_net=Sum("net"),
        days=ArrayAgg("order__ordered_on", distinct=True, order_by="order__ordered_on"),
    ).order_by("-total_net", "name")
    return [
        Bought(
            name=row["name"],
            product_id=row["product"],
            quantity=row["total_quantity"],
            unit=row["unit"],
            net=row["total_net"],
            currency=row["currency"],
            days=tuple(row["days"]),
        )
        for row in summed[: MOST_PRODUCTS + 1]
    ]
