"""The list of deals: its columns one can sort by, its pages, its count."""

from dataclasses import dataclass

from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.pagination import PAGE_SIZE, Page, keyset_page
from pipeline.filters import DealFilter
from pipeline.models import Deal, StageSetting

# Counting further would cost more than it tells.
MOST_COUNTED = 10_000
DEFAULT_SORT = "-opened"
USUAL = ("q", "owner", "team", "stage", "outcome", "no_step", "too_long")
# What a column sorts by: NOT NULL columns, each backed by an index.
SORTS = {"title": "title_key", "value": "value", "step": "next_step_key", "opened": "opened_at"}


@dataclass(frozen=True)
class Heading:
    """A heading of the table; with a `url` one can sort by it, `direction` is how it is sorted now."""

    label: str | Promise
    url: str = ""
    direction: str = ""
    css: str = ""


@dataclass(frozen=True)
class DealList:
    """One page of the list."""

    filter: DealFilter
    page: Page[Deal]
    headings: list[Heading]
    settings: dict[int, StageSetting]
    count: int

    @property
    def usual_fields(self) -> list[BoundField]:
        """What is asked often, in one line above the table."""
        return [self.filter.form[name] for name in USUAL]

    @property
    def further_fields(self) -> list[BoundField]:
        """What is asked now and then, folded away."""
        return [field for field in self.filter.form if field.name not in USUAL]

    @property
    def further_count(self) -> int:
        """How many of those are asked now; then they are shown."""
        return len(self.filter.asked.keys() - set(USUAL))

    @property
    def is_counted(self) -> bool:
        """Whether `count` is exact, and not just the most we count."""
        return self.count <= MOST_COUNTED

    @property
    def most_counted(self) -> int:
        """What is said when there are more."""
        return MOST_COUNTED


def read_deal_list(user: User, query: QueryDict) -> DealList:
    """The page of the list that the query asks for; an unknown sort order counts as none."""
    deal_filter = DealFilter(query, user=user)
    sort = query.get("sort", "")
    if sort.removeprefix("-") not in SORTS:
        sort = DEFAULT_SORT
    sign, column = ("-" if sort.startswith("-") else ""), SORTS[sort.removeprefix("-")]
    deals = deal_filter.qs
    return DealList(
        filter=deal_filter,
        page=keyset_page(
            deals.for_list(), (f"{sign}{column}", f"{sign}id"), query.get("cursor", ""), size=PAGE_SIZE
        ),
        headings=_headings(query, sort),
        settings={setting.stage: setting for setting in StageSetting.objects.all()},
        count=deals.order_by()[: MOST_COUNTED + 1].count(),
    )


def _headings(query: QueryDict, sort: str) -> list[Heading]:
    def heading(label: str | Promise, name: str, css: str = "") -> Heading:
        is_sorted = sort.removeprefix("-") == name
        direction = ("descending" if sort.startswith("-") else "ascending") if is_sorted else ""
        wanted = query.copy()
        wanted.pop("cursor", None)
        # A second click turns the order round; numbers and days begin with the largest.
        starts_down = name in ("value", "opened")
        wanted["sort"] = f"-{name}" if (direction == "ascending" or (not direction and starts_down)) else name
        return Heading(label, f"?{wanted.urlencode()}", direction, css)

    return [
        heading(_("Deal"), "title"),
        Heading(_("Stage"), css="col-stage"),
        heading(_("Value"), "value", "num"),
        heading(_("Next step"), "step", "col-step"),
        Heading(_("In the stage"), css="num"),
        Heading(pgettext_lazy("person in charge", "Owner")),
        heading(_("Opened"), "opened", "num"),
    ]
