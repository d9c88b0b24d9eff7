"""What could be sold to a customer: due again, bought together by others, or bought by comparable customers.

Each suggestion says why, with the numbers it rests on. What this customer and comparable ones bought is read
from the orders the reader may see; which products go together is counted over all orders by a worker
(reporting/purchases/affinities.py).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from catalog.models import Product, ProductGroup
from contacts.models import Company, Person
from offers.bought import read_customer_orders
from offers.models import Order, OrderLine, OrderQuerySet
from reporting.models import Affinity, AffinityQuerySet

# What fewer than a twentieth of the buyers went on to is no way up.
LEAST_MOVED = 0.05
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
    product_id: int | None = None


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
class Better:
    """A higher priced product of the same group to which customers went on."""

    has: str
    product: Product
    moved: int
    buyers: int
    """How many customers bought the one this customer has, or is offered."""


@dataclass(frozen=True)
class Suggestions:
    """All of them, the most pressing kind first."""

    due: list[Due]
    better: list[Better]
    together: list[Together]
    white_spots: list[WhiteSpot]

    def __bool__(self) -> bool:
        return bool(self.due or self.better or self.together or self.white_spots)


def read_suggestions(user: User, company: Company, on_offer: Collection[int] = ()) -> Suggestions:
    """What could be sold to this company besides the products that are on an offer already."""
    orders = Order.objects.visible_to(user).bought()
    has = _products(orders.of_company(company))
    return Suggestions(
        due=_due(user, company, on_offer),
        better=_better(has | set(on_offer), has | set(on_offer)),
        together=_together(has | set(on_offer)),
        white_spots=_white_spots(orders, company, on_offer),
    )


def suggest_to(user: User, person: Person | None, on_offer: Collection[int]) -> Suggestions:
    """The same for a person without a company, or for nobody known: nobody is comparable."""
    orders = Order.objects.visible_to(user).bought()
    has = _products(orders.of_person(person)) if person else set()
    has |= set(on_offer)
    return Suggestions(due=[], better=_better(has, has), together=_together(has), white_spots=[])


def _due(user: User, company: Company, on_offer: Collection[int]) -> list[Due]:
    bought = read_customer_orders(user, company).bought
    late = [one for one in bought if one.is_overdue and one.due_on and one.interval]
    late = [one for one in late if one.product_id not in on_offer]
    late.sort(key=lambda one: one.due_on or date.max)
    return [
        Due(one.name, one.due_on, one.interval, len(one.days), one.product_id)  # type: ignore[arg-type]
        for one in late[:MOST_OF_A_KIND]
    ]


def _better(has: Collection[int], known: Collection[int]) -> list[Better]:
    moves = Affinity.objects.moved_up().filter(has__in=has, confidence__gte=LEAST_MOVED)
    return [Better(move.has.name, move.other, move.count, move.base) for move in _strongest(moves, known)]


def _together(has: Collection[int]) -> list[Together]:
    pairs = Affinity.objects.together().filter(has__in=has)
    return [
        Together(pair.has.name, pair.other, pair.count, pair.base, pair.lift or 1)
        for pair in _strongest(pairs, has)
    ]


def _strongest(found: AffinityQuerySet, has: Collection[int]) -> list[Affinity]:
    """The best reason for each product that is still sold and not had, the best of them first."""
    offered = found.filter(other__is_active=True).exclude(other__in=has).select_related("has", "other")
    best: dict[int, Affinity] = {}
    for one in offered.order_by("-confidence", "-count", "other")[:MOST_LOOKED_AT]:
        best.setdefault(one.other_id, one)
    return list(best.values())[:MOST_OF_A_KIND]


def _products(orders: OrderQuerySet) -> set[int]:
    """What these orders hold of ours."""
    products = _lines(orders).filter(product__isnull=False).values_list("product", flat=True)
    return set(products.distinct())


def _white_spots(orders: OrderQuerySet, company: Company, on_offer: Collection[int]) -> list[WhiteSpot]:
    if not company.industry:
        return []
    comparable = (
        Company.objects.current().filter(industry=company.industry, purchases__gt=0).exclude(pk=company.pk)
    )
    count = comparable.count()
    if count < LEAST_COMPARABLE:
        return []
    has = _lines(orders.of_company(company)).values("product__group")
    offered = Product.objects.filter(pk__in=on_offer, group__isnull=False).values("group")
    lines = _lines(orders.filter(company__in=comparable.values("pk")))
    groups = (
        lines.exclude(Q(product__group=None) | Q(product__group__in=has) | Q(product__group__in=offered))
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
