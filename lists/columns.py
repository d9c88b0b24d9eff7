"""The columns of a list: which there are, which a user sees, what one can sort by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.functional import Promise

from accounts.models import User
from lists.models import ListColumns, ViewPage

# So many columns fit a screen.
MOST_ON_SCREEN = 6


@dataclass(frozen=True)
class Column:
    """A column beside the row itself.

    What a cell says is `text`, or `drawn` of the page's context and the row, or drawn by the template `cell`;
    `loads` are the relations it reads.
    """

    name: str
    label: str | Promise
    text: Callable[..., object] | None = None
    cell: str = ""
    css: str = ""
    loads: tuple[str, ...] = ()
    # A badge says on a card what it is.
    is_labelled: bool = True
    drawn: Callable[..., str] | None = None


@dataclass(frozen=True)
class Heading:
    """A heading of the table; with a `url` one can sort by it, `direction` is how it is sorted now."""

    label: str | Promise
    url: str = ""
    direction: str = ""
    css: str = ""


@dataclass(frozen=True)
class ColumnSet:
    """All columns of a list, those shown unasked, and its orders."""

    page: ViewPage
    # The first column, with the row itself: its label and the order by it.
    row_label: str | Promise
    row_sort: str
    columns: tuple[Column, ...]
    usual: tuple[str, ...]
    # What one can sort by: NOT NULL columns or keys, each backed by an index, descending ones with a minus.
    sorts: Mapping[str, str]
    default_sort: str
    # What a first click shows from the top down: the largest number, the newest, the longest.
    largest_first: frozenset[str] = field(default_factory=frozenset)

    def order_of(self, sort: str) -> tuple[str, str]:
        """The order that a sort key means, for a keyset page."""
        key = self.sorts[sort.removeprefix("-")]
        sign = "-" if sort.startswith("-") != key.startswith("-") else ""
        return f"{sign}{key.removeprefix('-')}", f"{sign}id"

    def known_sort(self, text: str) -> str:
        """The sort key of an address; the usual one when there is no such."""
        return text if text.removeprefix("-") in self.sorts else self.default_sort

    def read(self, user: User, query: QueryDict) -> tuple[Column, ...]:
        """The columns an address names, else those the user chose last, else the usual ones."""
        return self.known(query.get("columns", "")) or self._remembered(user) or self._named(self.usual)

    def known(self, text: str) -> tuple[Column, ...]:
        """The columns of these names (`value,stage`), in their order, each once; others do not count."""
        # Twice as many names as there are columns name none that counts any more.
        return self._named(text.split(",", 2 * len(self.columns)))

    def headings(self, query: QueryDict, sort: str, columns: tuple[Column, ...]) -> list[Heading]:
        """What stands above the columns shown, the row itself first."""
        shown = [(self.row_label, self.row_sort, ""), *((one.label, one.name, one.css) for one in columns)]
        return [self._heading(query, sort, *heading) for heading in shown]

    def _heading(self, query: QueryDict, sort: str, label: str | Promise, name: str, css: str) -> Heading:
        if name not in self.sorts:
            return Heading(label, css=css)
        is_sorted = sort.removeprefix("-") == name
        direction = ("descending" if sort.startswith("-") else "ascending") if is_sorted else ""
        wanted = without_cursor(query)
        # A second click turns the order round.
        is_down = direction == "ascending" or (not direction and name in self.largest_first)
        wanted["sort"] = f"-{name}" if is_down else name
        return Heading(label, f"?{wanted.urlencode()}", direction, css)

    def _named(self, names: "tuple[str, ...] | list[str]") -> tuple[Column, ...]:
        by_name = {column.name: column for column in self.columns}
        return tuple(by_name[name] for name in dict.fromkeys(names) if name in by_name)

    def _remembered(self, user: User) -> tuple[Column, ...]:
        kept = ListColumns.objects.filter(user=user, page=self.page).first()
        return self.known(kept.names) if kept else ()


def without_cursor(query: QueryDict) -> QueryDict:
    """What an address asks, the place in the list aside."""
    wanted = query.copy()
    wanted.pop("cursor", None)
    return wanted
