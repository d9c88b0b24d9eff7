"""Where a merged row leads."""

from typing import TypeVar

from contacts.models import Company, Person

Row = TypeVar("Row", bound=Company | Person)

# More merges in a row than anybody makes; a circle, which cannot be, would end here.
MOST_STEPS = 50


def survivor_of(row: Row) -> Row:
    """The row that stands for this one today: itself, or the one it was merged into."""
    for _step in range(MOST_STEPS):
        if row.merged_into is None:
            break
        row = row.merged_into  # type: ignore[assignment]
    return row
