"""The pictures of a table: bars, lines and the funnel; shares of the picture, as the template writes them."""

from dataclasses import dataclass

from django.utils.translation import pgettext

from explorer.cells import Hidden, Sums
from explorer.kinds import Times
from explorer.page import Cell, ExplorerPage, spelt
from explorer.table import Line, Rest

MOST_LINES = 5
WIDTH, HEIGHT = 1000.0, 240.0


@dataclass(frozen=True)
class Bar:
    """A bar with its words; `start` is where it begins, of the whole width."""

    label: str
    text: str
    base: str
    url: str
    share: float
    start: float = 0.0
    of_first: float | None = None


@dataclass(frozen=True)
class Bars:
    """The bars of a row: one, or one for each column."""

    label: str
    url: str
    bars: list[Bar]


@dataclass(frozen=True)
class Course:
    """One line of a chart, told from the others by its number: by dashes and by its end."""

    label: str
    path: str
    dots: list[tuple[str, str]]
    last: str


@dataclass(frozen=True)
class Lines:
    """A chart of lines over the groups of the rows."""

    courses: list[Course]
    most: str
    marks: list[str]
    further: int


def draw(page: ExplorerPage) -> "list[Bars] | list[Bar] | Lines | None":
    """The picture that is asked for; None where the table is it, or nothing is there to be drawn."""
    drawn = {"bars": bars, "lines": lines, "funnel": funnel}.get(page.asked.shown)
    return drawn(page) if drawn and page.table else None


def bars(page: ExplorerPage) -> list[Bars]:
    """A bar for each row, or for each cell of it."""
    found = []
    for row in page.lines:
        if not row.line.is_part:
            heads = [label for label, _url in page.heads]
            cells = list(zip(heads, row.cells, strict=True)) or [("", row.whole)]
            found.append(Bars(row.label, row.url, [_bar(label, cell) for label, cell in cells if cell.url]))
    return found


def funnel(page: ExplorerPage) -> list[Bar]:
    """A bar for each row, in the middle, with its share of the first one."""
    rows = [row for row in page.lines if not row.line.is_part]
    amounts = [abs(float(row.line.whole.amount(page.measure) or 0)) for row in rows]
    most = max(amounts, default=0) or 1
    first = amounts[0] if amounts else 0
    return [
        Bar(
            row.label,
            row.whole.text,
            row.whole.base,
            row.whole.url,
            amount / most,
            (1 - amount / most) / 2,
            amount / first if first else None,
        )
        for row, amount in zip(rows, amounts, strict=True)
    ]


def lines(page: ExplorerPage) -> Lines | None:
    """A line for each of the largest columns, else one for everything; None where nothing runs on."""
    table, dimension = page.table, page.subject.dimensions[page.asked.axes["rows"]]
    if table is None or len(table.main_lines) < 2:
        return None
    stops = _stops(table.main_lines, dimension.kind if isinstance(dimension.kind, Times) else None)
    heads = [(place, label) for place, (key, label) in enumerate(table.columns) if not isinstance(key, Rest)]
    chosen = _largest(table.main_lines, heads, page) or [(None, pgettext("of a table", "Sum"))]
    series = [(label, [_at(line, place) for _name, line in stops]) for place, label in chosen]
    values = [[float(one.amount(page.measure) or 0) for one in sums] for _label, sums in series]
    most = max((value for course in values for value in course), default=0) or 1
    courses = [
        Course(label, _path(course, most), _dots(course, most), _spelt(sums[-1], page))
        for (label, sums), course in zip(series, values, strict=True)
    ]
    marks = [name for name, _line in stops]
    short = spelt(most, page.measure, page.asked.currency, is_short=True)
    return Lines(
        courses, short, [marks[0], marks[len(marks) // 2], marks[-1]], max(len(heads) - len(courses), 0)
    )


def _stops(main_lines: list[Line], times: Times | None) -> list[tuple[str, Line | None]]:
    """The rows as they follow each other; of times those in which nothing was, too."""
    shown = [line for line in main_lines if not isinstance(line.key, Hidden | Rest)]
    if times is None:
        return [(line.label, line) for line in shown]
    found = {line.key: line for line in shown}
    spans = times.between(key for key in found if not isinstance(key, Hidden | Rest))
    names = times.names(spans)
    return [(names[day], found.get(day)) for day in spans]


def _largest(
    main_lines: list[Line], heads: list[tuple[int, str]], page: ExplorerPage
) -> list[tuple[int | None, str]]:
    def size(place: int) -> float:
        sums = sum((line.sums[place] for line in main_lines), Sums())
        return float(sums.bottom if page.measure.bottom is not None else sums.top)

    kept = sorted(heads, key=lambda head: -size(head[0]))[:MOST_LINES]
    return [head for head in heads if head in kept]


def _at(line: Line | None, place: int | None) -> Sums:
    if line is None:
        return Sums()
    return line.whole if place is None else line.sums[place]


def _spelt(sums: Sums, page: ExplorerPage) -> str:
    return spelt(sums.amount(page.measure), page.measure, page.asked.currency)


def _points(course: list[float], most: float) -> list[tuple[float, float]]:
    step = WIDTH / max(len(course) - 1, 1)
    return [(place * step, HEIGHT * (1 - max(value, 0) / most)) for place, value in enumerate(course)]


def _path(course: list[float], most: float) -> str:
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in _points(course, most))


def _dots(course: list[float], most: float) -> list[tuple[str, str]]:
    """The places of the points in parts of the picture, so that they stay round."""
    return [(f"{x / WIDTH * 100:.2f}%", f"{y / HEIGHT * 100:.2f}%") for x, y in _points(course, most)]


def _bar(label: str, cell: Cell) -> Bar:
    return Bar(label, cell.text, cell.base, cell.url, cell.share)
