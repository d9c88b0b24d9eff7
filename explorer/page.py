"""The page of a question: its table with the links of every number, and what it is narrowed down to."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from core.templatetags.dates import short_date
from core.templatetags.money import money, money_compact, number, percent
from explorer import steps
from explorer.asked import PERIODS, Asked, offered_dimensions, read_asked
from explorer.cells import Cells, Hidden, Number, Sums, TooFine, read_cells
from explorer.forms import QuestionForm
from explorer.shortcuts import summed
from explorer.table import Line, Rest, Shown, Table, build_table
from explorer.words import Measure
from lists.models import ViewPage
from lists.saved_views import Pill, Question, ViewBar, brought_along, read_view_bar
from reporting.scopes import Scopes


def _of(subject: str, measure: str, rows: str, **more: str) -> dict[str, str]:
    return {"subject": subject, "measure": measure, "rows": rows, **more}


# A share of fewer than these says little.
FEW = 10
SHADES = 5
# What lies wholly within a group of something coarser.
WITHIN = ("quarter", "month", "week", "day", "rep", "product", "region")
BEGINNINGS: tuple[tuple[str | Promise, Mapping[str, str]], ...] = (
    (_lazy("Won by month"), _of("closings", "revenue", "month", outcome="won", show="lines")),
    (_lazy("Why deals are lost"), _of("closings", "count", "reason", columns="team", outcome="lost")),
    (_lazy("Leads by source"), _of("leads", "conversion", "source", columns="quarter", show="heat")),
    (_lazy("What is done"), _of("activities", "count", "week", columns="what", show="lines")),
    (_lazy("Stage by stage"), _of("changes", "count", "to_stage", show="funnel")),
)
PLACES = {"days": 1, "minutes": 1, "quantity": 1}


@dataclass(frozen=True)
class Cell:
    """A number of the table, as one reads it, with the rows behind it; `share` is of the largest one."""

    text: str
    base: str
    url: str
    share: float
    is_few: bool = False

    @property
    def heat(self) -> int:
        """How dark it is on a heat map: from 1 to 5; 0 where there is nothing."""
        return min(int(self.share * SHADES) + 1, SHADES) if self.share else 0


@dataclass(frozen=True)
class Row:
    """A line of the table as it is drawn."""

    label: str
    url: str
    cells: list[Cell]
    whole: Cell
    line: Line


@dataclass(frozen=True)
class Chip:
    """A filter in words, with the way to do without it."""

    label: str
    text: str
    url: str


class ExplorerPage:
    """Everything the page shows of what an address asks, under the rights of its reader."""

    def __init__(self, query: QueryDict, user: User, scopes: Scopes) -> None:
        self.user, self.scopes, self.given = user, scopes, query
        self.asked: Asked = read_asked(query, scopes)
        self.subject, self.measure = self.asked.subject, self.asked.measure
        # Sums that are kept answer as the history would, only sooner.
        self.read = summed(self.asked, user) or self.subject
        self.rows = self.asked.narrow(self.read.rows(user), self.read)

    @cached_property
    def cells(self) -> Cells | None:
        """The sums; None where they are not to be shown."""
        try:
            return read_cells(self.rows, self.asked, self.scopes, self.read)
        except TooFine:
            self.is_too_fine = True
            return None

    is_too_fine = False

    @cached_property
    def table(self) -> Table | None:
        """The table; None where there is nothing to show, or it is not to be shown."""
        return build_table(self.cells, self.asked) if self.cells and self.cells.sums else None

    @property
    def is_of_too_few(self) -> bool:
        """Whether it would tell of persons."""
        return self.cells is None and not self.is_too_fine

    @property
    def shows_persons(self) -> bool:
        """Whether figures of single persons are asked for."""
        return any("rep" in names for names in (self.asked.axes.values(), self.asked.filters))

    @property
    def is_catching_up(self) -> bool:
        """Whether the last changes are still being added to the sums that answered."""
        return self.read is not self.subject and steps.are_stale()

    @cached_property
    def form(self) -> QuestionForm:
        """The question, to be changed."""
        offered = offered_dimensions(self.subject, self.scopes)
        return QuestionForm(self.asked, offered, self.cells.currencies if self.cells else [], self.scopes)

    @cached_property
    def kept(self) -> Question:
        """The question as a view keeps it."""
        return Question.of(ViewPage.EXPLORER, self.given, self.user)

    @property
    def bar(self) -> ViewBar:
        """The questions that are kept, and keeping this one."""
        return read_view_bar(self.kept)

    @property
    def brought(self) -> list[Pill]:
        """Questions to begin with."""
        return brought_along(self.kept, *((str(label), asked) for label, asked in BEGINNINGS))

    @property
    def lines(self) -> list[Row]:
        """The lines of the table."""
        return [self._row(line) for line in self.table.lines] if self.table else []

    @property
    def total(self) -> Row | None:
        """What all of it comes to."""
        return self._row(self.table.total, is_total=True) if self.table else None

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The columns with the address of each alone."""
        return (
            [(label, self._finer("columns", key)) for key, label in self.table.columns] if self.table else []
        )

    @property
    def rows_label(self) -> str:
        """What the rows are."""
        return self.asked.label("rows", "split")

    @property
    def period_label(self) -> str:
        """The period in words."""
        first, last = self.asked.starts_on, self.asked.ends_on
        if first or last:
            return f"{short_date(first) or '…'} – {short_date(last) or '…'}"
        return str(PERIODS[self.asked.period])

    @property
    def chips(self) -> list[Chip]:
        """What it is narrowed down to."""
        chips = []
        for name, one in self.asked.filters.items():
            dimension = self.subject.dimensions[name]
            named = dimension.kind.names([key for key in one.keys if key is not None])
            words = [named.get(key) or str(dimension.unknown or _("unknown")) for key in one.keys]
            text = (_("not %(groups)s") if one.is_not else "%(groups)s") % {"groups": ", ".join(words)}
            chips.append(Chip(str(dimension.label), text, f"?{self.asked.without(name).query}"))
        return chips

    @property
    def coarser(self) -> tuple[str, str] | None:
        """The dimension the rows are a part of, with the address by it: the way up again."""
        rows = self.asked.axes["rows"]
        for name, one in offered_dimensions(self.subject, self.scopes).items():
            if one.finer == rows and rows in WITHIN:
                return str(one.label), f"?{self.asked.by('rows', name).query}"
        return None

    @property
    def other_currencies(self) -> list[str]:
        """In which currencies there is something as well."""
        found = self.cells.currencies if self.cells else []
        return [code for code in found if code != self.asked.currency]

    @property
    def largest(self) -> float:
        """The largest number of a cell, else of a line: what lengths and shades are measured by."""
        lines = self.table.main_lines if self.table else []
        sums = [one for line in lines for one in (line.sums or [line.whole])]
        return max((abs(float(one.amount(self.measure) or 0)) for one in sums), default=0) or 1

    def _row(self, line: Line, *, is_total: bool = False) -> Row:
        keys = {} if is_total else {"rows": line.within if line.is_part else line.key}
        if line.is_part:
            keys["split"] = line.key
        across = zip(line.sums, self.table.columns if self.table else [], strict=True)
        cells = [self._cell(one, {**keys, "columns": key}) for one, (key, _label) in across]
        url = "" if is_total else self._finer("split" if line.is_part else "rows", line.key)
        return Row(line.label, url, cells, self._cell(line.whole, keys), line)

    def _cell(self, sums: Sums, keys: dict[str, Shown]) -> Cell:
        amount = sums.amount(self.measure)
        is_share = self.measure.unit == "percent"
        return Cell(
            text=spelt(amount, self.measure, self.asked.currency),
            base=number(sums.bottom) if self.measure.bottom is not None and sums.bottom else "",
            url=self._behind(keys) if sums.top or sums.bottom else "",
            share=abs(float(amount or 0)) / self._largest,
            is_few=is_share and 0 < sums.bottom < FEW,
        )

    @cached_property
    def _largest(self) -> float:
        return self.largest

    def _behind(self, keys: dict[str, Shown]) -> str:
        """The rows that a cell counts; nothing where it stands for groups that are shown together."""
        asked = self.asked
        for axis, key in keys.items():
            if isinstance(key, Hidden | Rest):
                return ""
            asked = asked.narrowed(asked.axes[axis], key)
        return f"{reverse('explorer:records')}?{asked.query}"

    def _finer(self, axis: str, key: Shown) -> str:
        """A click on a group: that one alone, taken apart by what is finer."""
        if isinstance(key, Hidden | Rest):
            return ""
        name = self.asked.axes[axis]
        asked, finer = self.asked.narrowed(name, key), self.subject.dimensions[name].finer
        if finer in offered_dimensions(self.subject, self.scopes) and finer not in asked.axes.values():
            asked = asked.by(axis, finer)
        return f"?{asked.query}"


def spelt(amount: Number | None, measure: Measure, currency: str, *, is_short: bool = False) -> str:
    """An amount of a measure as one reads it."""
    if measure.unit == "money":
        exact = None if amount is None else Decimal(str(amount)).quantize(Decimal("0.01"))
        return (money_compact if is_short else money)(exact, currency)
    if measure.unit == "percent":
        return percent(amount)
    return number(amount, PLACES.get(measure.unit, 0))
