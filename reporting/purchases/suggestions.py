"""What could be sold to a customer: due again, bought together by others, or bought by comparable customers.

Each suggestion says why, with the numbers it rests on. All of it is counted in the orders the reader may see.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from catalog.models import Product, ProductGroup
from contacts.models import Company
from offers.bought import read_customer_orders
from offers.models import Order, OrderLine, OrderQuerySet
from reporting.purchases.pairs import Pair, basket_pairs

# In fewer baskets two products stand together by chance.
LEAST_SUPPORT = 3
# Of fewer comparable customers nothing follows.
LEAST_COMPARABLE = 5
# What a third of them buy is worth a question.
LEAST_SHARE = 1 / 3
MOST_OF_A_KIND = 3
MOST_LOOKED_AT = 20


@dataclass(frozen=True)
class Due:
    """A product the customer buys regularly and has not ordered for longer than usual."""

    name: str
    due_on: date
    interval: int
    times: int


@dataclass(frozen=True)
class WhiteSpot:
    """A product group that comparable customers buy and this one does not."""

    group: str
    buyers: int
    comparable: int
    industry: str

    @property
    def share(self) -> float:
        """The share of the comparable customers that buy it."""
        return self.buyers / self.comparable


@dataclass(frozen=True)
class Together:
    """A product that is often bought with one the customer has."""

    has: str
    product: Product
    together: int
    with_has: int
    """How many orders hold the product the customer has."""
    lift: float
    """How many times as often as by chance."""

    @property
    def confidence(self) -> float:
        """The share of those orders that hold the other one, too."""
        return self.together / self.with_has


@dataclass(frozen=True)
class Suggestions:
    """All of them, the most pressing kind first."""

    due: list[Due]
    together: list[Together]
    white_spots: list[WhiteSpot]

    def __bool__(self) -> bool:
        return bool(self.due or self.together or self.white_spots)


def read_suggestions(user: User, company: Company) -> Suggestions:
    """What could be sold to this company."""
    orders = Order.objects.visible_to(user).bought()
    return Suggestions(
        due=_due(user, company),
        together=_together(orders, company),
        white_spots=_white_spots(orders, company),
    )


def _due(user: User, company: Company) -> list[Due]:
    bought = read_customer_orders(user, company).bought
    late = [one for one in bought if one.is_overdue and one.due_on and one.interval]
    late.sort(key=lambda one: one.due_on or date.max)
    return [Due(one.name, one.due_on, one.interval, len(one.days)) for one in late[:MOST_OF_A_KIND]]  # type: ignore[arg-type]


def _together(orders: OrderQuerySet, company: Company) -> list[Together]:
    has = set(_lines(orders.of_company(company)).values_list("product", flat=True).distinct())
    has.discard(None)
    if not has:
        return []
    best: dict[int, Rule] = {}
    # No other basket says anything about what goes with them.
    for pair in basket_pairs(orders.filter(lines__product__in=has).distinct(), min_support=LEAST_SUPPORT):
        for rule in _rules(pair):
            if rule.has_id in has and rule.other_id not in has:
                best[rule.other_id] = max(rule, best.get(rule.other_id, rule), key=lambda one: one.confidence)
    strongest = sorted(best.values(), key=lambda rule: -rule.confidence)[:MOST_LOOKED_AT]
    found = _with_lift(orders, strongest)
    return [one for one in found if one.lift > 1][:MOST_OF_A_KIND]


class Rule(NamedTuple):
    """Who has one product has the other one, too, in `together` of `with_has` orders."""

    has: str
    has_id: int
    other_id: int
    together: int
    with_has: int

    @property
    def confidence(self) -> float:
        """In what share of the orders."""
        return self.together / self.with_has


def _rules(pair: Pair) -> tuple[Rule, Rule]:
    """A pair read in both directions."""
    return (
        Rule(pair.first, pair.first_id, pair.second_id, pair.together, pair.with_first),
        Rule(pair.second, pair.second_id, pair.first_id, pair.together, pair.with_second),
    )


def _with_lift(orders: OrderQuerySet, rules: list[Rule]) -> list[Together]:
    """The rules about what is still sold, beside how often the other product is bought anyway."""
    products = Product.objects.on_sale().in_bulk([rule.other_id for rule in rules])
    lines = _lines(orders).filter(product__isnull=False)
    baskets = lines.aggregate(all_baskets=Count("order", distinct=True))["all_baskets"]
    grouped = lines.filter(product__in=products).values_list("product")
    anyway = dict(grouped.annotate(baskets=Count("order", distinct=True)))
    return [
        Together(
            rule.has,
            products[rule.other_id],
            rule.together,
            rule.with_has,
            rule.confidence * baskets / anyway[rule.other_id],
        )
        for rule in rules
        if rule.other_id in products
    ]


def _white_spots(orders: OrderQuerySet, company: Company) -> list[WhiteSpot]:
    if not company.industry:
        return []
    comparable = (
        Company.objects.current().filter(industry=company.industry, purchases__gt=0).exclude(pk=company.pk)
    )
    count = comparable.count()
    if count < LEAST_COMPARABLE:
        return []
    has = _lines(orders.of_company(company)).values("product__group")
    lines = _lines(orders.filter(company__in=comparable.values("pk")))
    groups = (
        lines.exclude(Q(product__group=None) | Q(product__group__in=has))
        .values("product__group")
        .annotate(buyers=Count("order__company", distinct=True))
        .order_by("-buyers")
    )
    worth = [row for row in groups[:MOST_OF_A_KIND] if row["buyers"] / count >= LEAST_SHARE]
    names = ProductGroup.objects.in_bulk([row["product__group"] for row in worth])
    return [
        WhiteSpot(str(names[row["product__group"]]), row["buyers"], count, company.industry) for row in worth
    ]


def _lines(orders: OrderQuerySet) -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(order__in=orders.order_by().values("pk")).order_by()
