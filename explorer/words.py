"""The words of the explorer: subjects, their measures and their dimensions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Aggregate, Model, QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from accounts.models import User
from explorer.kinds import Kind, Times

Unit = Literal["count", "money", "quantity", "percent", "days", "minutes"]
Amount = Decimal | int
# Whose figures a dimension tells of: they are shown as far as the reader may see them (reporting.scopes).
Guard = Literal["", "rep", "team"]


@dataclass(frozen=True)
class Dimension:
    """One way to take a subject apart: what the database groups by, and what a group is."""

    label: str | Promise
    expression: Combinable
    kind: Kind
    # The dimension that takes a group of this one apart; a click on a group leads there.
    finer: str = ""
    guard: Guard = ""
    # What the rows are called of which it is not known.
    unknown: str | Promise = ""
    # The field that a span of time is a part of; spans are asked for by it, so that an index can answer.
    moment: str = ""

    @property
    def is_time(self) -> bool:
        """Whether the groups run on."""
        return isinstance(self.kind, Times)


@dataclass(frozen=True)
class Measure:
    """What is counted: a sum, or one sum divided by another. Both add up over any parts of the whole."""

    label: str | Promise
    top: Aggregate
    bottom: Aggregate | None = None
    unit: Unit = "count"
    # What the sum below the line counts, in words.
    base: str | Promise = ""

    @property
    def is_money(self) -> bool:
        """Whether amounts have a currency, of which one is looked at."""
        return self.unit == "money"


@dataclass(frozen=True)
class Record:
    """One of the rows behind a number."""

    label: str
    url: str
    when: Any
    who: str
    what: str = ""
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class Subject:
    """Something that is counted: its rows as far as a user may see them, by when they are dated."""

    label: str | Promise
    rows: Callable[[User], QuerySet[Any]]
    moment: str
    is_moment: bool
    measures: Mapping[str, Measure]
    dimensions: Mapping[str, Dimension]
    # Whose they are, to count how many persons a figure is made of.
    owner: str
    currency: str
    # The order of the rows behind a number, and how each is shown.
    order: tuple[str, ...]
    loads: tuple[str, ...]
    record: Callable[[Any], Record]
    note: str | Promise = ""
    # What one row needs beside its own columns, when it is shown.
    completed: Callable[[QuerySet[Any]], QuerySet[Any]] = field(default=lambda rows: rows)
    model: type[Model] | None = None
