"""The list of deals: its columns, its pages, its count, what may be done with many at once."""

from dataclasses import dataclass

from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.pagination import PAGE_SIZE, Page, keyset_page
from pipeline.choices import MOST_CHOSEN
from pipeline.deal_columns import COLUMNS, Column, known_sort, order_of, read_columns
from pipeline.deal_export import FORMATS
from pipeline.filters import DealFilter
from pipeline.models import Deal, DealQuerySet, StageSetting

# Counting further would cost more than it tells.
MOST_COUNTED = 10_000
USUAL = ("q", "owner", "team", "stage", "outcome", "no_step", "too_long", "overdue")
# What a first click shows from the top down: the largest number, the newest, the longest.
LARGEST_FIRST = ("value", "opened", "days")
# So many columns fit a screen.
MOST_ON_SCREEN = 6


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
    columns: tuple[Column, ...]
    headings: list[Heading]
    settings: dict[int, StageSetting]
    count: int
    # What the address asks, the place in the list aside: for what is done with all deals of the filter.
    asked: str

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

    @property
    def most_in_excel(self) -> int:
        """How many rows an Excel file may have."""
        return FORMATS["xlsx"].most_rows

    @property
    def most_in_csv(self) -> int:
        """How many rows a CSV file may have."""
        return FORMATS["csv"].most_rows

    @property
    def column_choices(self) -> list[tuple[Column, bool]]:
        """Every column there is, and whether it is shown."""
        return [(column, column in self.columns) for column in COLUMNS]

    @property
    def is_wide(self) -> bool:
        """Whether there are more columns than fit a screen."""
        return len(self.columns) > MOST_ON_SCREEN

    @property
    def offers_all(self) -> bool:
        """Whether all deals of the filter can be chosen, not only those of the page."""
        return len(self.page.rows) < self.count <= MOST_CHOSEN

    @property
    def exceeds_choice(self) -> bool:
        """Whether there are more deals than can be changed at once."""
        return self.count > MOST_CHOSEN

    @property
    def most_chosen(self) -> int:
        """How many that are."""
        return MOST_CHOSEN


def read_deal_list(user: User, query: QueryDict) -> DealList:
    """The page of the list that the query asks for; an unknown sort order or column counts as none."""
    deal_filter = DealFilter(query, user=user)
    sort, columns, deals = known_sort(query.get("sort", "")), read_columns(user, query), deal_filter.qs
    order = order_of(sort)
    return DealList(
        filter=deal_filter,
        page=keyset_page(
            _shown(deals, columns).with_rights(user), order, query.get("cursor", ""), size=PAGE_SIZE
        ),
        columns=columns,
        headings=_headings(query, sort, columns),
        settings={setting.stage: setting for setting in StageSetting.objects.all()},
        count=deals.order_by()[: MOST_COUNTED + 1].count(),
        asked=_without_cursor(query).urlencode(),
    )


def _shown(deals: DealQuerySet, columns: tuple[Column, ...]) -> DealQuerySet:
    loads = [relation for column in columns for relation in column.loads]
    deals = deals.for_list().with_expected_close_key()
    return deals.select_related(*loads) if loads else deals


def _without_cursor(query: QueryDict) -> QueryDict:
    wanted = query.copy()
    wanted.pop("cursor", None)
    return wanted


def _headings(query: QueryDict, sort: str, columns: tuple[Column, ...]) -> list[Heading]:
    def heading(label: str | Promise, name: str, css: str = "") -> Heading:
        is_sorted = sort.removeprefix("-") == name
        direction = ("descending" if sort.startswith("-") else "ascending") if is_sorted else ""
        wanted = _without_cursor(query)
        # A second click turns the order round.
        is_down = direction == "ascending" or (not direction and name in LARGEST_FIRST)
        wanted["sort"] = f"-{name}" if is_down else name
        return Heading(label, f"?{wanted.urlencode()}", direction, css)

    return [
        heading(_("Deal"), "title"),
        *(
            heading(column.label, column.name, column.css)
            if column.is_sortable
            else Heading(column.label, css=column.css)
            for column in columns
        ),
    ]
