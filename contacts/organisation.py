"""The people of a company as a small organisation chart: who reports to whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from contacts.models import BuyingRole, Employment

# Deeper levels are shown on this one: a page on a phone has no room for more.
MOST_LEVELS = 5

# Who has most to say in a purchase stands first; unknown roles last.
RANK = {role: rank for rank, role in enumerate(BuyingRole.values)}


@dataclass
class Place:
    """Somebody in the chart, and who reports to them."""

    employment: Employment
    reports: list["Place"] = field(default_factory=list)

    @property
    def decides(self) -> bool:
        """Whether this is a decision maker."""
        return self.employment.role == BuyingRole.DECISION_MAKER


def chart_of(employments: Iterable[Employment]) -> list[Place]:
    """Those on top, each with those below; whose superior is not among the given stands on top."""
    places = {one.pk: Place(one) for one in sorted(employments, key=_weight)}
    top = []
    for place in places.values():
        above = places.get(place.employment.reports_to_id or 0)
        levels = _levels_above(place, places)
        if above is None or levels is None:
            top.append(place)
            continue
        for _step in range(max(0, levels - MOST_LEVELS + 1)):
            above = places.get(above.employment.reports_to_id or 0, above)
        above.reports.append(place)
    return top


def _levels_above(place: Place, places: dict[int, Place]) -> int | None:
    """How many superiors stand above; None in a circle, which two who edit at once could leave behind."""
    seen, levels = {place.employment.pk}, 0
    above = places.get(place.employment.reports_to_id or 0)
    while above is not None:
        if above.employment.pk in seen:
            return None
        seen.add(above.employment.pk)
        levels += 1
        above = places.get(above.employment.reports_to_id or 0)
    return levels


def _weight(employment: Employment) -> tuple[int, str, int]:
    person = employment.person
    return (RANK.get(employment.role, len(RANK)), person.sort_key, employment.pk)
