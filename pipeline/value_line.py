"""What a deal was worth, and whose it was, from its opening until now: a line of steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from pipeline.models import DealChange

WIDTH = 240.0
HEIGHT = 44.0
EDGE = 3.0


@dataclass(frozen=True)
class Span:
    """From one change to the next: the value, in what currency, and whose deal it was."""

    since: datetime
    until: datetime
    value: Decimal
    currency: str
    owner: str


@dataclass(frozen=True)
class ValueLine:
    """The spans in order, the line through them in units of the picture, and where the owner changed."""

    spans: list[Span]
    path: str
    owner_changes: list[str]

    @property
    def view_box(self) -> str:
        """The size of the picture as SVG wants it."""
        return f"0 0 {WIDTH:g} {HEIGHT:g}"


def value_line(changes: Sequence[DealChange], until: datetime) -> ValueLine | None:
    """Draw changes in order (owners loaded) up to `until`; None where neither value nor owner ever changed.

    Heights follow the value from nothing at the bottom; a change of currency breaks no line, so the table
    beside it names the currency of each span.
    """
    spans = _spans(changes, until)
    if len(spans) < 2:
        return None
    begin, whole = spans[0].since, (until - spans[0].since).total_seconds() or 1.0
    top = float(max(span.value for span in spans)) or 1.0

    def x(moment: datetime) -> str:
        return f"{EDGE + (WIDTH - 2 * EDGE) * (moment - begin).total_seconds() / whole:.1f}"

    def y(span: Span) -> str:
        return f"{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * float(span.value) / top:.1f}"

    first, *rest = spans
    steps = "".join(f"V{y(span)}H{x(span.until)}" for span in rest)
    handed = [x(after.since) for before, after in pairwise(spans) if before.owner != after.owner]
    return ValueLine(spans, f"M{x(first.since)},{y(first)}H{x(first.until)}{steps}", handed)


def _spans(changes: Sequence[DealChange], until: datetime) -> list[Span]:
    """One span per state of value and owner; changes of the expected closing do not count."""
    spans: list[Span] = []
    for change in changes:
        state = (change.value, change.currency, str(change.owner))
        if spans and (spans[-1].value, spans[-1].currency, spans[-1].owner) == state:
            continue
        if spans:
            last = spans.pop()
            spans.append(Span(last.since, change.at, last.value, last.currency, last.owner))
        spans.append(Span(change.at, max(until, change.at), *state))
    return spans
