"""From whom customers have what they need: us, dealers, competitors, or nobody knows.

The whole is the estimated demand of a year. Our part is what was ordered from us in the last twelve
months where orders are known, else what was stated or noted. Dealers and competitors have the share that was
noted of them, together at most what is left; the rest is unknown. Where no demand is estimated there is
nothing to divide: such notes are counted apart.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.money import rounded
from potentials.models import Potential, Supply
from reporting.purchases.dimensions import DIMENSIONS, Key

MOST_ROWS = 50
BATCH = 5000
# What a demand is of; everything else the page takes apart is of orders.
OF_DEMAND = ("customer", "group", "country", "region", "industry", "status")


@dataclass
class Shares:
    """A demand, divided by where it comes from; amounts of one currency."""

    demand: Decimal = Decimal(0)
    us: Decimal = Decimal(0)
    dealers: Decimal = Decimal(0)
    competitors: Decimal = Decimal(0)

    @property
    def unknown(self) -> Decimal:
        """What nobody has noted."""
        return self.demand - self.us - self.dealers - self.competitors

    def add(self, other: "Shares") -> None:
        """Count another demand in."""
        self.demand += other.demand
        self.us += other.us
        self.dealers += other.dealers
        self.competitors += other.competitors


@dataclass(frozen=True)
class Sources:
    """The table: label, key and shares of each row, the largest demand first; and the whole."""

    rows_label: str
    lines: list[tuple[str, Key, Shares]]
    total: Shares
    without_demand: int
    """So many notes of shares stand without an estimate of the demand."""


def read_sources(rows: str, currency: str, *, group: int | None, company: int | None) -> Sources | None:
    """Divide the demand by these rows (else by product group); None where nothing is estimated or noted."""
    rows = rows if rows in OF_DEMAND else "group"
    potentials = Potential.objects.current().of_year(timezone.localdate().year).filter(currency=currency)
    notes = Supply.objects.current()
    for name, key in (("group", group), ("company", company)):
        if key is not None:
            potentials, notes = potentials.filter(**{name: key}), notes.filter(**{name: key})
    summed = _sum(_noted(potentials), "group_id" if rows == "group" else "company_id")
    known = Potential.objects.current().filter(company=OuterRef("company"), group=OuterRef("group"))
    without = notes.filter(~Exists(known)).count()
    if not summed and not without:
        return None
    by_key = _by_dimension(summed, rows)
    largest = sorted(by_key, key=lambda key: (-by_key[key].demand, str(key)))[:MOST_ROWS]
    names = DIMENSIONS[rows].names([key for key in largest if key is not None])
    total = Shares()
    for shares in summed.values():
        total.add(shares)
    lines = [(names.get(key) or str(_("unknown")), key, by_key[key]) for key in largest]
    return Sources(str(DIMENSIONS[rows].label), lines, total, without)


def divided(demand: Decimal, ours: Decimal, dealers: Decimal, competitors: Decimal) -> Shares:
    """One demand; `ours` is an amount, the others are parts of the demand from 0 to 1.

    What we sold ourselves is certain; if the notes leave less room than that, they shrink alike.
    """
    us = min(ours, demand)
    said = demand * (dealers + competitors)
    fits = min(Decimal(1), (demand - us) / said) if said else Decimal(1)
    return Shares(demand, us, rounded(demand * dealers * fits), rounded(demand * competitors * fits))


def _noted(potentials: QuerySet[Potential]) -> QuerySet[Potential]:
    """Each potential says which part was noted of us, of dealers and of competitors."""
    notes = Supply.objects.filter(company=OuterRef("company"), group=OuterRef("group"), archived_at=None)
    parts = {
        f"noted_{source}": Subquery(
            notes.filter(source=source).order_by().values("group").annotate(part=Sum("share")).values("part"),
            output_field=DecimalField(max_digits=8, decimal_places=4),
        )
        for source in Supply.Source.values
    }
    return potentials.annotate(**parts)


def _sum(potentials: QuerySet[Potential], by: str) -> dict[int, Shares]:
    fields = (by, "demand", "bought", "stated_share", "noted_us", "noted_dealer", "noted_competitor")
    sums: defaultdict[int, Shares] = defaultdict(Shares)
    for row in potentials.order_by().values_list(*fields).iterator(BATCH):
        sums[row[0]].add(_divided(*row[1:]))
    return dict(sums)


def _divided(
    demand: Decimal, bought: Decimal | None, stated: Any, us: Any, dealer: Any, other: Any
) -> Shares:
    part = stated if stated is not None else us or Decimal(0)
    ours = bought if bought is not None else rounded(demand * part)
    return divided(demand, ours, dealer or Decimal(0), other or Decimal(0))


def _by_dimension(sums: dict[int, Shares], rows: str) -> dict[Key, Shares]:
    """The sums of companies as sums of what the companies have in common."""
    facts = DIMENSIONS[rows].of_customer
    keys: Iterable[int] = sums.keys()
    found = facts(keys) if facts else None
    by_key: defaultdict[Key, Shares] = defaultdict(Shares)
    for key, shares in sums.items():
        by_key[found.get(key) if found is not None else key].add(shares)
    return dict(by_key)
