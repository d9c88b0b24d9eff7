"""What an address asks of the explorer; whatever is not understood counts as not said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.moments import day_start, year_up_to
from explorer.kinds import FIRST_YEAR, LAST_YEAR, UNKNOWN, Key, Times, said
from explorer.subjects_of_work import SUBJECTS
from explorer.words import Dimension, Measure, Subject
from reporting.scopes import Scopes

NOT, OR = "!", "|"
MOST_KEYS = 30
CURRENCY = re.compile(r"[A-Z]{3}\Z")
AXES = ("rows", "split", "columns")
PERIODS: dict[str, str | Promise] = {
    "12m": _("the last 12 months"),
    "90d": _("the last 90 days"),
    "month": _("this month"),
    "year": _("this year"),
    "before": _("last year"),
    "all": _("all time"),
}
SHOWN: dict[str, str | Promise] = {
    "table": _("Table"),
    "bars": _("Bars"),
    "lines": pgettext_lazy("of a picture", "Lines"),
    "heat": _("Heat map"),
    "funnel": _("Funnel"),
}


@dataclass(frozen=True)
class Narrowed:
    """A filter: groups of a dimension that the rows belong to, or that they do not belong to."""

    keys: tuple[Key, ...]
    is_not: bool = False

    @property
    def text(self) -> str:
        """As an address says it."""
        return (NOT if self.is_not else "") + OR.join(said(key) for key in self.keys)


@dataclass(frozen=True)
class Asked:
    """A question: what of a subject, by which dimensions, of which period and which groups."""

    subject_name: str
    measure_name: str
    axes: Mapping[str, str]
    shown: str
    period: str
    starts_on: date | None
    ends_on: date | None
    currency: str
    filters: Mapping[str, Narrowed] = field(default_factory=dict)

    @property
    def subject(self) -> Subject:
        """What is counted."""
        return SUBJECTS[self.subject_name]

    @property
    def measure(self) -> Measure:
        """How it is counted."""
        return self.subject.measures[self.measure_name]

    @property
    def dimensions(self) -> list[Dimension]:
        """Those of rows, rows within rows, and columns; as many as are asked for."""
        return [self.subject.dimensions[name] for name in self.axes.values()]

    def label(self, *axes: str) -> str:
        """What stands on these axes, in words."""
        names = [self.axes[axis] for axis in axes if axis in self.axes]
        return " · ".join(str(self.subject.dimensions[name].label) for name in names)

    @property
    def query(self) -> str:
        """The address that asks it, without what is usual."""
        named = {"from": self.starts_on, "to": self.ends_on}
        days = {name: day.isoformat() for name, day in named.items() if day}
        period = {} if days else {"period": self.period}
        filters = {name: one.text for name, one in self.filters.items()}
        parts = {
            "subject": self.subject_name,
            "measure": self.measure_name,
            **self.axes,
            "show": self.shown,
            **period,
            **days,
            "currency": self.currency,
        }
        return urlencode({**parts, **filters})

    def narrowed(self, name: str, key: Key) -> "Asked":
        """The same of one group alone."""
        return replace(self, filters={**self.filters, name: Narrowed((key,))})

    def by(self, axis: str, name: str) -> "Asked":
        """The same with another dimension on an axis, which it leaves elsewhere; `""` takes it away."""
        others = {place: other for place, other in self.axes.items() if place != axis and other != name}
        axes = {**others, axis: name} if name else others
        return replace(self, axes={place: axes[place] for place in AXES if place in axes})

    def without(self, name: str) -> "Asked":
        """The same without a filter."""
        return replace(self, filters={other: one for other, one in self.filters.items() if other != name})

    def narrow(self, rows: QuerySet, subject: Subject | None = None) -> QuerySet:
        """The rows of the period and of all filters; of sums that are kept, where they are the subject."""
        subject = subject or self.subject
        rows = rows.filter(self._in_period(subject))
        for name, one in self.filters.items():
            dimension = subject.dimensions[name]
            if isinstance(dimension.kind, Times):
                rows = rows.filter(_in_spans(dimension, dimension.kind, one, is_moment=subject.is_moment))
            else:
                rows = rows.alias(**{f"of_{name}": dimension.expression}).filter(_among(f"of_{name}", one))
        return rows

    def _in_period(self, subject: Subject) -> Q:
        first, last = self.starts_on, self.ends_on
        if first is None and last is None:
            first, last = _days(self.period)
        found = Q()
        if first:
            found &= Q(**{f"{subject.moment}__gte": day_start(first) if subject.is_moment else first})
        if last:
            end = last + timedelta(days=1)
            found &= Q(**{f"{subject.moment}__lt": day_start(end) if subject.is_moment else end})
        return found


def read_asked(query: QueryDict, scopes: Scopes) -> Asked:
    """Read an address; persons and teams whose figures the reader may not see cannot be asked for."""
    name = query.get("subject", "") if query.get("subject") in SUBJECTS else "deals"
    subject = SUBJECTS[name]
    offered = offered_dimensions(subject, scopes)
    measure = query.get("measure", "")
    shown, period = query.get("show", ""), query.get("period", "")
    currency = query.get("currency", "")
    return Asked(
        subject_name=name,
        measure_name=measure if measure in subject.measures else next(iter(subject.measures)),
        axes=_axes(query, offered),
        shown=shown if shown in SHOWN else "table",
        period=period if period in PERIODS else "12m",
        starts_on=_day(query.get("from", "")),
        ends_on=_day(query.get("to", "")),
        currency=currency if CURRENCY.match(currency) else settings.DEFAULT_CURRENCY,
        filters=_filters(query, offered, scopes),
    )


def offered_dimensions(subject: Subject, scopes: Scopes) -> dict[str, Dimension]:
    """What the reader may ask by: by person only where the house has figures of persons."""
    hidden = {"rep"} if not scopes.rep_ids else set()
    return {name: one for name, one in subject.dimensions.items() if one.guard not in hidden}


def _axes(query: QueryDict, offered: Mapping[str, Dimension]) -> dict[str, str]:
    """Each dimension on one axis; without rows by month."""
    axes: dict[str, str] = {}
    for axis in AXES:
        name = query.get(axis, "")
        if name in offered and name not in axes.values():
            axes[axis] = name
    if "rows" not in axes:
        axes = {"rows": next(name for name in ("month", "quarter") if name not in axes.values()), **axes}
    return axes


def _filters(query: QueryDict, offered: Mapping[str, Dimension], scopes: Scopes) -> dict[str, Narrowed]:
    found = {}
    for name, dimension in offered.items():
        one = _narrowed(query.get(name, ""), dimension)
        if one is not None and _may_ask(one, dimension, scopes):
            found[name] = one
    return found


def _narrowed(text: str, dimension: Dimension) -> Narrowed | None:
    is_not = text.startswith(NOT)
    parts = text.removeprefix(NOT).split(OR, MOST_KEYS)[:MOST_KEYS] if text else []
    keys: list[Key] = []
    for part in parts:
        key = dimension.kind.read(part)
        if part == UNKNOWN or key is not None:
            keys.append(None if part == UNKNOWN else key)
    return Narrowed(tuple(dict.fromkeys(keys)), is_not) if keys else None


def _may_ask(one: Narrowed, dimension: Dimension, scopes: Scopes) -> bool:
    """What is not a person or a team may be asked for; of those, and all but those, the visible ones."""
    visible = {"rep": scopes.rep_ids, "team": scopes.team_ids}.get(dimension.guard)
    return visible is None or all(key is None or key in visible for key in one.keys)


def _among(name: str, one: Narrowed) -> Q:
    keys = [key for key in one.keys if key is not None]
    known, unknown = Q(**{f"{name}__in": keys}), Q(**{f"{name}__isnull": True})
    if one.is_not:
        return Q(**{f"{name}__isnull": False}) & ~known if None in one.keys else unknown | ~known
    return known | unknown if None in one.keys else known


def _in_spans(dimension: Dimension, kind: Times, one: Narrowed, *, is_moment: bool) -> Q:
    """In one of these spans; each row has a moment, so that none is unknown."""
    found = Q(pk__in=[])
    for key in one.keys:
        if isinstance(key, date):
            first, last = key, kind.end(key)
            edges = (day_start(first), day_start(last)) if is_moment else (first, last)
            found |= Q(**{f"{dimension.moment}__gte": edges[0], f"{dimension.moment}__lt": edges[1]})
    return ~found if one.is_not else found


def _days(period: str) -> tuple[date | None, date | None]:
    """The first and the last day; the running periods stay open at the end."""
    today = timezone.localdate()
    if period == "before":
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    starts = {
        "12m": year_up_to(today),
        "90d": today - relativedelta(days=89),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }
    return starts.get(period), None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
