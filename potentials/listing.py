"""The page of potentials: what is open on top, page by page; or its sums per rep, region or product group."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum, Value
from django.db.models.functions import Concat, Substr
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.pagination import Page, keyset_page
from pipeline.models import Deal
from potentials.filters import NOBODY, PotentialFilter
from potentials.models import Potential, PotentialQuerySet

ORDER = ("-open_value", "-id")
OWNER, REGION, GROUP = "owner", "region", "group"
BYS: dict[str, str | Promise] = {
    "": _("List"),
    OWNER: _("per owner"),
    REGION: _("per region"),
    GROUP: _("per product group"),
}
# What is summed by: the key first, then what it is called by where that is something else.
NAMES: dict[str, tuple[str, ...]] = {
    OWNER: ("company__owner", "company__owner__first_name", "company__owner__last_name"),
    REGION: ("region",),
    GROUP: ("group", "group__name"),
}
# More groups than anyone looks at; reps and regions are far fewer.
MOST_SUMS = 200


@dataclass(frozen=True)
class Total:
    """What some potentials come to in one currency."""

    currency: str
    count: int
    demand: Decimal
    open_value: Decimal

    @property
    def ours(self) -> Decimal:
        """What of the demand we sell."""
        return self.demand - self.open_value

    @property
    def share(self) -> Decimal | None:
        """Our part of the demand."""
        return self.ours / self.demand if self.demand else None


@dataclass(frozen=True)
class Group:
    """One line of the sums, and the address of the potentials it counts, where there is one."""

    label: str
    query: str
    total: Total
    # The demand and our part of it, as shares of the largest demand in the same currency.
    demand_share: float
    ours_share: float


@dataclass(frozen=True)
class Pill:
    """One way to look at the potentials."""

    label: str | Promise
    url: str
    is_on: bool


@dataclass(frozen=True)
class Listing:
    """What the page shows: the filter, and either a page of potentials or their sums."""

    filter: PotentialFilter
    by: str
    pills: list[Pill]
    totals: list[Total]
    page: Page[Potential] | None
    groups: list[Group]


def read_listing(user: User, asked: QueryDict) -> Listing:
    """The page of potentials as this address asks for it."""
    found = PotentialFilter(asked, user=user)
    by = asked.get("by", "") if asked.get("by", "") in BYS else ""
    potentials = found.qs
    page = None if by else keyset_page(potentials.for_list().order_by(), ORDER, asked.get("cursor", ""))
    if page is not None:
        add_open_deals(page.rows, user)
    return Listing(
        filter=found,
        by=by,
        pills=[Pill(label, _address(asked, by=name), name == by) for name, label in BYS.items()],
        totals=_totals(potentials),
        page=page,
        groups=_groups(potentials, by, asked) if by else [],
    )


def add_open_deals(potentials: Iterable[Potential], user: User) -> None:
    """Let each potential say in `open_deals` which of its deals are open and seen by this user."""
    rows = list(potentials)
    deals = Deal.objects.visible_to(user).open().filter(potential_link__potential__in=rows)
    by_potential: dict[int, list[Deal]] = {}
    for deal in deals.annotate(potential_id=F("potential_link__potential")).order_by("pk"):
        by_potential.setdefault(deal.potential_id, []).append(deal)
    for row in rows:
        row.open_deals = by_potential.get(row.pk, [])  # type: ignore[attr-defined]


def _totals(potentials: PotentialQuerySet) -> list[Total]:
    return [_total(row) for row in _summed(potentials, ())]


def _groups(potentials: PotentialQuerySet, by: str, asked: QueryDict) -> list[Group]:
    if by == REGION:
        potentials = potentials.annotate(region=Concat("country", Value(" "), Substr("postal_code", 1, 1)))
    names = NAMES[by]
    rows = _summed(potentials, names)[:MOST_SUMS]
    largest: dict[str, Decimal] = {}
    for row in rows:
        largest[row["currency"]] = max(largest.get(row["currency"], Decimal(0)), row["total_demand"])
    return [_group(row, names, by, asked, largest[row["currency"]]) for row in rows]


def _group(row: dict[str, Any], names: tuple[str, ...], by: str, asked: QueryDict, largest: Decimal) -> Group:
    key, total = row[names[0]], _total(row)
    label = " ".join(str(row[name] or "") for name in names[1:] or names).strip()
    unknown = _("nobody") if by == OWNER else _("unknown")
    value = (NOBODY if by == OWNER else "") if key is None else str(key).strip()
    return Group(
        label=label or str(unknown),
        # No filter asks for companies without an address.
        query=_address(asked, by="", currency=total.currency, **{by: value}) if value else "",
        total=total,
        demand_share=float(total.demand / largest) if largest else 0.0,
        ours_share=float(total.ours / largest) if largest else 0.0,
    )


def _summed(potentials: PotentialQuerySet, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Count, demand and what is open by these columns and the currency, the most open first."""
    sums = {"rows": Count("pk"), "total_demand": Sum("demand"), "total_open": Sum("open_value")}
    rows = potentials.order_by().values("currency", *names).annotate(**sums)
    return list(rows.order_by("-total_open"))


def _total(row: dict[str, Any]) -> Total:
    return Total(row["currency"], row["rows"], row["total_demand"], row["total_open"])


def _address(asked: QueryDict, **changes: str) -> str:
    query = asked.copy()
    query.pop("cursor", None)
    for name, value in changes.items():
        query[name] = value
        if not value:
            del query[name]
    return f"?{query.urlencode()}"
