"""The records that have a score: whose they are, and how good they are all together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import User
from leads.models import Lead
from pipeline.models import Deal
from quality.models import QualityDay, Subject
from quality.rules import FULL, measured, rules_of


@dataclass
class Tally:
    """How many records there are, their scores added up, and how many break each rule."""

    records: int = 0
    points: int = 0
    broken: dict[str, int] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)

    @property
    def score(self) -> float | None:
        """The mean score; None where nothing is open."""
        return self.points / self.records if self.records else None

    def add(self, day: QualityDay) -> None:
        """What one person's records add to it."""
        self.records += day.records
        self.points += day.points
        self.people.add(day.owner_id)
        for code, count in day.broken.items():
            self.broken[code] = self.broken.get(code, 0) + count


def open_records(subject: str, user: User | None = None) -> QuerySet[Any]:
    """All open deals or leads that somebody has, or those of one person."""
    if subject == Subject.DEALS:
        rows: QuerySet[Any] = Deal.objects.current().open()
    else:
        rows = Lead.objects.current().open().exclude(owner=None)
    return rows if user is None else rows.filter(owner=user)


def tallies(subject: str, user: User | None = None) -> Iterator[QualityDay]:
    """Count the open records of each person, in one query: rows that are not stored yet."""
    rules = rules_of(subject)
    rows = measured(open_records(subject, user), rules).order_by()
    counts = {f"broken_{code}": Count("pk", filter=Q(**{f"breaks_{code}": True})) for code in rules}
    grouped = rows.values("owner", "owner__team").annotate(
        all_records=Count("pk"), all_points=Sum("quality_score"), **counts
    )
    for row in grouped:
        broken = {code: row[f"broken_{code}"] for code in rules if row[f"broken_{code}"]}
        yield QualityDay(
            owner_id=row["owner"],
            team_id=row["owner__team"],
            subject=subject,
            records=row["all_records"],
            points=row["all_points"],
            broken=broken,
        )


def added_up(days: Iterable[QualityDay]) -> Tally:
    """All of them together."""
    tally = Tally()
    for day in days:
        tally.add(day)
    return tally


def best() -> int:
    """The score of a record that breaks no rule."""
    return FULL
