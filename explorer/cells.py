"""One read of the database: the groups of a question with their sums, under the rights of the reader."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from django.db.models import Count, F, Max, QuerySet, Value

from accounts.models import User
from explorer.asked import Asked
from explorer.kinds import Key
from explorer.words import Dimension, Measure, Subject
from reporting.scopes import Scopes

# More groups than these nobody reads; the table would still be cut to what fits a page.
MOST_GROUPS = 50_000


class Hidden(Enum):
    """The one group of everybody whose figures the reader may not see one by one."""

    OTHERS = "others"


Group = Key | Hidden
Place = tuple[Group, ...]
Number = Decimal | int | float


@dataclass(frozen=True, slots=True)
class Sums:
    """The sum above the line and the one below it; what has no line is divided by nothing."""

    top: Number = 0
    bottom: Number = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.top + other.top, self.bottom + other.bottom)  # type: ignore[operator]

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(self.top - other.top, self.bottom - other.bottom)  # type: ignore[operator]

    def amount(self, measure: Measure) -> Number | None:
        """What the measure says; None where nothing is below the line."""
        if measure.bottom is None:
            return self.top
        return float(self.top) / float(self.bottom) if self.bottom else None


@dataclass(frozen=True)
class Cells:
    """The sums of each group that there is; and in which currencies there is something."""

    sums: Mapping[Place, Sums]
    currencies: list[str]


class TooFine(Exception):
    """More groups than somebody reads."""


def read_cells(rows: QuerySet, asked: Asked, scopes: Scopes, subject: Subject) -> Cells | None:
    """Add up these rows by the dimensions asked for; None where they are made of too few people.

    Raises TooFine.
    """
    if scopes.least_people > 1 and not _is_of_enough(rows, subject, scopes):
        return None
    found = list(_grouped(rows, asked, subject)[: MOST_GROUPS + 1])
    if len(found) > MOST_GROUPS:
        raise TooFine
    visible = [visible_keys(dimension, scopes) for dimension in asked.dimensions]
    width, sums, currencies = len(visible), dict[Place, Sums](), Counter[str]()
    for row in found:
        top, bottom = row[-2] or 0, row[-1] or 0
        if asked.measure.is_money:
            currency = row[width]
            currencies[currency] += 1 if top else 0
            if currency != asked.currency:
                continue
        place = tuple(map(_shown, row[:width], visible))
        sums[place] = sums.get(place, Sums()) + Sums(top, bottom)
    return Cells(sums, sorted(code for code, count in currencies.items() if count))


def _grouped(rows: QuerySet, asked: Asked, subject: Subject) -> QuerySet:
    """Rows of keys, the currency of money, the sum above the line and the one below."""
    dimensions = [subject.dimensions[name] for name in asked.axes.values()]
    keys = {f"key_{place}": one.expression for place, one in enumerate(dimensions)}
    if asked.measure.is_money:
        keys["key_currency"] = F(subject.currency)
    # Below no line nothing is counted; a constant costs nothing.
    bottom = subject.measures[asked.measure_name].bottom or Max(Value(0))
    grouped = rows.order_by().annotate(**keys).values_list(*keys)
    return grouped.annotate(top_amount=subject.measures[asked.measure_name].top, bottom_amount=bottom)


def _shown(key: Key, visible: frozenset[int] | None) -> Group:
    """What a key is to the reader: itself, or one of those that are shown together."""
    return key if visible is None or key is None or key in visible else Hidden.OTHERS


def visible_keys(dimension: Dimension, scopes: Scopes) -> frozenset[int] | None:
    """The groups of persons or teams that the reader may see one by one; None for any other dimension."""
    if dimension.guard == "rep":
        return scopes.rep_ids
    return _large_teams(scopes) if dimension.guard == "team" else None


def _large_teams(scopes: Scopes) -> frozenset[int]:
    if scopes.least_people <= 1:
        return scopes.team_ids
    members: Iterable[tuple[int, int]] = (
        User.objects.active()
        .filter(team__in=scopes.team_ids)
        .values_list("team")
        .annotate(members=Count("pk"))
        .order_by()
    )
    return frozenset(team for team, count in members if count >= scopes.least_people)


def _is_of_enough(rows: QuerySet, subject: Subject, scopes: Scopes) -> bool:
    """Whether there is nothing, or as many people stand behind it as a total has to have."""
    owners = rows.order_by().values_list(subject.owner).distinct()[: scopes.least_people]
    return len(owners) in (0, scopes.least_people)
