"""What the groups of a dimension are: rows of a table, words, free texts, times; their keys and names."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from dateutil.relativedelta import relativedelta
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Team, User
from core.addresses import is_key
from core.templatetags.dates import short_date
from pipeline.models import Stage, StageSetting
from reporting.scopes import Scopes

Key = int | str | date | bool | None
Named = Mapping[Key, str]
Choice = tuple[str, str | Promise]

# How an address says the group of what is unknown.
UNKNOWN = "~"
LONGEST_TEXT = 120
MOST_OFFERED = 300
MOST_SPANS = 400
FIRST_YEAR, LAST_YEAR = 1900, 2199
LENGTHS = {
    "year": relativedelta(years=1),
    "quarter": relativedelta(months=3),
    "month": relativedelta(months=1),
    "week": relativedelta(days=7),
    "day": relativedelta(days=1),
}


class Kind(Protocol):
    """What one can ask of the groups of a dimension."""

    def read(self, text: str) -> Key:
        """The key that an address says; None for what is none."""

    def names(self, keys: Collection[Key]) -> Named:
        """What groups are called."""

    def choices(self, scopes: Scopes) -> list[Choice]:
        """The groups to choose from in a filter, as an address says them; empty where there are too many."""

    def order(self, key: Key) -> int | str | None:
        """Where a group stands by itself; None where the larger one comes first."""


@dataclass(frozen=True)
class RowsOf:
    """Groups that are rows of a table."""

    model: type[Model]

    def read(self, text: str) -> Key:
        """The key of a row."""
        return int(text) if is_key(text) else None

    def names(self, keys: Collection[Key]) -> Named:
        """As the rows call themselves."""
        return {row.pk: str(row) for row in self.model._default_manager.filter(pk__in=keys)}

    def choices(self, scopes: Scopes) -> list[Choice]:
        """All of them, as long as one can choose among so many."""
        rows = list(self.model._default_manager.all()[: MOST_OFFERED + 1])
        return [(str(row.pk), str(row)) for row in rows] if len(rows) <= MOST_OFFERED else []

    def order(self, key: Key) -> None:
        """The larger one first."""


class People(RowsOf):
    """Persons of the house: those whose figures the reader may see."""

    def __init__(self) -> None:
        super().__init__(User)

    def choices(self, scopes: Scopes) -> list[Choice]:
        """Those visible one by one."""
        people = User.objects.filter(pk__in=scopes.rep_ids).order_by("last_name", "first_name")
        return [(str(one.pk), str(one)) for one in people[:MOST_OFFERED]]


class Teams(RowsOf):
    """Teams whose totals the reader may see."""

    def __init__(self) -> None:
        super().__init__(Team)

    def choices(self, scopes: Scopes) -> list[Choice]:
        """Those visible."""
        teams = Team.objects.filter(pk__in=scopes.team_ids).order_by("name")
        return [(str(one.pk), str(one)) for one in teams[:MOST_OFFERED]]


@dataclass(frozen=True)
class Words:
    """Groups that are fixed words, in their order."""

    words: Mapping[Key, str | Promise]

    def read(self, text: str) -> Key:
        """The word an address says."""
        return next((key for key in self.words if _said(key) == text), None)

    def names(self, keys: Collection[Key]) -> Named:
        """As the reader's language says them."""
        return {key: str(self.words[key]) for key in keys if key in self.words}

    def choices(self, scopes: Scopes) -> list[Choice]:
        """All of them."""
        return [(_said(key), label) for key, label in self.words.items()]

    def order(self, key: Key) -> int:
        """As they are listed."""
        return list(self.words).index(key) if key in self.words else len(self.words)


class Stages(Words):
    """The five stages, called as this house calls them."""

    def __init__(self) -> None:
        super().__init__(dict(Stage.choices))

    def names(self, keys: Collection[Key]) -> Named:
        """As the house set them."""
        return {row.stage: str(row.label) for row in StageSetting.objects.all() if row.stage in keys}

    def choices(self, scopes: Scopes) -> list[Choice]:
        """All five."""
        return [(str(stage), label) for stage, label in self.names(list(self.words)).items()]


class Texts:
    """Groups that are what somebody typed."""

    def read(self, text: str) -> Key:
        """Any text that could stand in the database."""
        return None if "\0" in text else text[:LONGEST_TEXT] or None

    def names(self, keys: Collection[Key]) -> Named:
        """As typed."""
        return {key: str(key) for key in keys}

    def choices(self, scopes: Scopes) -> list[Choice]:
        """One comes to them by a click."""
        return []

    def order(self, key: Key) -> None:
        """The larger one first."""


@dataclass(frozen=True)
class Times:
    """Groups that are spans of the calendar, each called by its first day."""

    grain: str

    def read(self, text: str) -> Key:
        """A day of a century that a calendar of ours knows."""
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None

    def names(self, keys: Collection[Key]) -> Named:
        """`2026`, `Q4 2026`, `Nov. 2026`, `KW 47/2026`, `24.11.2026`."""
        return {key: _of_time(self.grain, key) for key in keys if isinstance(key, date)}

    def choices(self, scopes: Scopes) -> list[Choice]:
        """One comes to them by a click, or by the period."""
        return []

    def order(self, key: Key) -> str:
        """As they run."""
        return str(key)

    def end(self, first: date) -> date:
        """The first day after the span."""
        return first + LENGTHS[self.grain]

    def between(self, keys: Iterable[Key]) -> list[date]:
        """The spans from the first to the last of these, those in which nothing was, too."""
        days = sorted(key for key in keys if isinstance(key, date))
        found: list[date] = []
        while days and (not found or found[-1] < days[-1]) and len(found) < MOST_SPANS:
            found.append(self.end(found[-1]) if found else days[0])
        return found


def said(key: Key) -> str:
    """A key as an address says it."""
    return UNKNOWN if key is None else _said(key)


def _said(key: Key) -> str:
    if isinstance(key, bool):
        return "yes" if key else "no"
    return key.isoformat() if isinstance(key, date) else str(key)


def _of_time(grain: str, day: date) -> str:
    if grain == "year":
        return str(day.year)
    if grain == "quarter":
        return f"Q{(day.month + 2) // 3} {day.year}"
    if grain == "month":
        return date_format(day, "M Y")
    if grain == "week":
        year, week, _day = (day + timedelta(days=3)).isocalendar()
        return _("Week %(week)s/%(year)s") % {"week": week, "year": year}
    return short_date(day)
