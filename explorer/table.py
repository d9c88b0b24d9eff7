"""The table of a question: the largest groups, what is left of the others, and sums that add up."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from explorer.asked import AXES, Asked
from explorer.cells import Cells, Group, Hidden, Place, Sums
from explorer.words import Dimension

MOST_ROWS = 60
MOST_SPLITS = 12
MOST_COLUMNS = 12
MOST = {"rows": MOST_ROWS, "split": MOST_SPLITS, "columns": MOST_COLUMNS}


class Rest:
    """What stands for the groups that did not fit."""


REST = Rest()
Shown = Group | Rest


@dataclass(frozen=True)
class Line:
    """A row of the table: a group, or a group within it; `sums` follow the columns, `whole` is all of it."""

    key: Shown
    label: str
    sums: list[Sums]
    whole: Sums
    within: Shown = None
    is_part: bool = False


@dataclass(frozen=True)
class Table:
    """Lines under columns, and their totals."""

    columns: list[tuple[Shown, str]]
    lines: list[Line]
    total: Line

    @property
    def main_lines(self) -> list[Line]:
        """Without the groups within groups."""
        return [line for line in self.lines if not line.is_part]

    @property
    def has_parts(self) -> bool:
        """Whether groups are taken apart within the rows."""
        return any(line.is_part for line in self.lines)

    @property
    def has_rest(self) -> bool:
        """Whether something did not fit and is added up."""
        return any(line.key is REST for line in self.lines) or any(key is REST for key, _l in self.columns)


def build_table(cells: Cells, asked: Asked, most: Mapping[str, int] = MOST) -> Table:
    """Put the sums of a question into lines and columns; every total is the sum of what stands in it."""
    places = {axis: place for place, axis in enumerate(asked.axes)}
    groups = {axis: _groups(cells, asked, axis, places[axis], most[axis]) for axis in AXES if axis in places}
    sums: defaultdict[tuple[Shown, Shown, Shown], Sums] = defaultdict(Sums)
    kept = {axis: set(found) for axis, found in groups.items()}
    for place, one in cells.sums.items():
        row, part, column = (_kept(place, axis, places, kept) for axis in AXES)
        sums[row, part, column] += one
    names = {axis: _names(asked, axis, found) for axis, found in groups.items()}
    return _table(_Margins(sums), groups, names)


class _Margins:
    """The sums of cells, with those of rows, parts and columns made of them."""

    def __init__(self, cells: Mapping[tuple[Shown, Shown, Shown], Sums]) -> None:
        self.found: defaultdict[tuple[object, ...], Sums] = defaultdict(Sums)
        for (row, part, column), one in cells.items():
            for margin in (
                *(("cell", row, part, column), ("part", row, part), ("row", row, column)),
                *(("line", row), ("column", column), ("all",)),
            ):
                self.found[margin] += one

    def __getitem__(self, margin: tuple[object, ...]) -> Sums:
        return self.found.get(margin, Sums())


def _table(
    sums: _Margins, groups: Mapping[str, list[Shown]], names: Mapping[str, Callable[[Shown], str]]
) -> Table:
    heads = groups.get("columns", [])
    lines = []
    for row in groups["rows"]:
        across = [sums["row", row, head] for head in heads]
        lines.append(Line(row, names["rows"](row), across, sums["line", row]))
        for part in groups.get("split", []):
            if ("part", row, part) in sums.found:
                across = [sums["cell", row, part, head] for head in heads]
                label = names["split"](part)
                lines.append(Line(part, label, across, sums["part", row, part], within=row, is_part=True))
    columns = [(head, names["columns"](head)) for head in heads]
    total = Line(
        None, pgettext("of a table", "Sum"), [sums["column", head] for head in heads], sums[("all",)]
    )
    return Table(columns, lines, total)


def _kept(place: Place, axis: str, places: Mapping[str, int], kept: Mapping[str, Collection[Shown]]) -> Shown:
    if axis not in places:
        return None
    key = place[places[axis]]
    return key if key in kept[axis] else REST


def _groups(cells: Cells, asked: Asked, axis: str, place: int, most: int) -> list[Shown]:
    """The groups of an axis in their order; times as they run, words as they are listed, else the larger."""
    dimension, sizes = asked.subject.dimensions[asked.axes[axis]], defaultdict[Group, float](float)
    for key, one in cells.sums.items():
        sizes[key[place]] += float(one.bottom if asked.measure.bottom is not None else one.top)
    found = sorted(sizes, key=lambda key: _rank(key, dimension, sizes[key]))
    if dimension.is_time:
        kept = found[-most:]
        return [*([REST] if len(kept) < len(found) else []), *kept]
    kept = found[:most]
    return [*kept, *([REST] if len(kept) < len(found) else [])]


def _rank(key: Group, dimension: Dimension, size: float) -> tuple[int, float, str]:
    """What is not known stands behind what is, and behind it those who are shown together."""
    if isinstance(key, Hidden):
        return (2, 0, "")
    if key is None:
        return (1, 0, "")
    order = dimension.kind.order(key)
    if isinstance(order, int):
        return (0, order, "")
    return (0, 0, order) if isinstance(order, str) else (0, -size, str(key))


def _names(asked: Asked, axis: str, groups: Iterable[Shown]) -> Callable[[Shown], str]:
    dimension = asked.subject.dimensions[asked.axes[axis]]
    named = dimension.kind.names([key for key in groups if not isinstance(key, Hidden | Rest | None)])
    others = _("colleagues") if dimension.guard == "rep" else _("other teams")

    def name(key: Shown) -> str:
        if isinstance(key, Rest):
            return _("Earlier") if dimension.is_time else _("Others")
        if isinstance(key, Hidden):
            return others
        return str(dimension.unknown or _("unknown")) if key is None else named.get(key) or str(key)

    return name
