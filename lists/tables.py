"""One page of a list as a table: its columns, rows and count, and what may be done with many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.forms import BoundField
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from core.pagination import PAGE_SIZE, Page, keyset_page
from lists.choices import MOST_CHOSEN
from lists.columns import MOST_ON_SCREEN, Column, ColumnSet, Heading, without_cursor
from lists.files import Format
from lists.filters import ListFilter
from lists.models import ViewPage
from lists.pages import ListPage, TablePage

# Counting further would cost more than it tells.
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Table:
    """One page of the list; `page` is a keyset page of its rows."""

    code: ViewPage
    filter: ListFilter
    page: Page[models.Model]
    set: ColumnSet
    columns: tuple[Column, ...]
    headings: list[Heading]
    count: int
    # What the address asks, the place in the list aside: for what is done with all rows of the filter.
    asked: str
    formats: Sequence[tuple[str, Format]]
    # The names of the questions that are asked often.
    usual: tuple[str, ...]

    @property
    def usual_fields(self) -> list[BoundField]:
        """What is asked often, in one line above the table."""
        return [self.filter.form[name] for name in self.usual]

    @property
    def further_fields(self) -> list[BoundField]:
        """What is asked now and then, folded away."""
        return [field for field in self.filter.form.visible_fields() if field.name not in self.usual]

    @property
    def further_count(self) -> int:
        """How many of those are asked now; then they are shown."""
        return len(self.filter.asked.keys() & {field.name for field in self.further_fields})

    @property
    def is_counted(self) -> bool:
        """Whether `count` is exact, and not just the most we count."""
        return self.count <= MOST_COUNTED

    @property
    def most_counted(self) -> int:
        """What is said when there are more."""
        return MOST_COUNTED

    @property
    def column_choices(self) -> list[tuple[Column, bool]]:
        """Every column there is, and whether it is shown."""
        return [(column, column in self.columns) for column in self.set.columns]

    @cached_property
    def cell_heads(self) -> list[tuple[Column, str]]:
        """The columns shown, each with the beginning of its cells."""
        return [(column, _cell_head(column)) for column in self.columns]

    @property
    def is_wide(self) -> bool:
        """Whether there are more columns than fit a screen."""
        return len(self.columns) > MOST_ON_SCREEN

    @property
    def offers_all(self) -> bool:
        """Whether all rows of the filter can be chosen, not only those of the page."""
        return len(self.page.rows) < self.count <= MOST_CHOSEN

    @property
    def exceeds_choice(self) -> bool:
        """Whether there are more rows than can be changed at once."""
        return self.count > MOST_CHOSEN

    @property
    def most_chosen(self) -> int:
        """How many that are."""
        return MOST_CHOSEN


def read_table(
    page: ListPage, table: TablePage, user: User, query: QueryDict, *, usual: tuple[str, ...]
) -> Table:
    """The page of the list that the query asks for; an unknown sort order or column counts as none."""
    asked, columns = page.read(query, user), table.columns()
    sort, shown, rows = columns.known_sort(query.get("sort", "")), columns.read(user, query), asked.qs
    ordered = table.shown(rows, shown, user).order_by()
    found = keyset_page(ordered, columns.order_of(sort), query.get("cursor", ""), size=PAGE_SIZE)
    table.completed(found.rows)
    return Table(
        code=page.code,
        filter=asked,
        page=found,
        set=columns,
        columns=shown,
        headings=columns.headings(query, sort, shown),
        count=rows.order_by()[: MOST_COUNTED + 1].count(),
        asked=without_cursor(query).urlencode(),
        formats=list(table.formats.items()),
        usual=usual,
    )


def _cell_head(column: Column) -> SafeString:
    """A badge says on a card what it is; other cells carry their label there."""
    css = format_html(' class="{}"', column.css) if column.css else ""
    label = format_html(' data-label="{}"', column.label) if column.is_labelled else ""
    return format_html("<td{}{}>", css, label)
