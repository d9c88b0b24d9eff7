"""What customers bought of a product group in the last twelve months, kept on their potentials."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from offers.models import Order, OrderLine
from potentials.models import Potential

BATCH = 1000

Key = tuple[int, int, str]


def recount_bought(companies: Collection[int] | None = None) -> int:
    """Write anew what these companies (else all) bought; answer how many potentials said something else.

    Where no order of group and currency is known a potential says nothing, so that the stated share counts.
    Recounting, never adding up: doing it twice does no harm.
    """
    potentials = Potential.objects.filter(archived_at=None).order_by("pk")
    if companies is not None:
        potentials = potentials.filter(company__in=companies)
    bought = _bought_by_group(companies)
    changed = []
    for potential in potentials.only("company", "group", "currency", "bought").iterator(BATCH):
        now = bought.get((potential.company_id, potential.group_id, potential.currency))
        if potential.bought != now:
            potential.bought = now
            changed.append(potential)
    Potential.objects.bulk_update(changed, ["bought"], batch_size=BATCH)
    return len(changed)


def a_year_before(day: date) -> date:
    """The same day of the year before; the last of February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _bought_by_group(companies: Collection[int] | None) -> dict[Key, Decimal]:
    """Net totals by company, product group and currency; 0 where they only bought before."""
    lines = OrderLine.objects.filter(order__in=Order.objects.bought(), product__group__isnull=False)
    if companies is None:
        lines = lines.filter(order__company__in=Potential.objects.values("company"))
    else:
        lines = lines.filter(order__company__in=companies)
    recent = Q(order__ordered_on__gt=a_year_before(timezone.localdate()))
    sums = lines.values_list("order__company", "product__group", "order__currency").annotate(
        net_total=Coalesce(Sum("net", filter=recent), Decimal(0))
    )
    return {(company, group, currency): total for company, group, currency, total in sums.order_by()}
