"""What other parts of the product tell the timeline."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from activities.actions.links import About
from activities.marks import knows_mark
from activities.models import TimelineMark


def write_mark(
    about: About,
    code: str,
    *,
    actor: User | None,
    at: datetime | None = None,
    url: str = "",
    **payload: str | int | None,
) -> TimelineMark:
    """Note on the timeline of these customers that something happened elsewhere; only ever added.

    `code` has been made known by `register_mark`; `payload` fills its sentence and holds no personal data.
    Many at once: build the rows with `mark_row` and give them to `bulk_create`.
    """
    mark = mark_row(about, code, actor=actor, at=at, url=url, **payload)
    mark.save()
    return mark


def mark_row(
    about: About,
    code: str,
    *,
    actor: User | None,
    at: datetime | None = None,
    url: str = "",
    **payload: str | int | None,
) -> TimelineMark:
    """The unsaved mark; ValueError for a code nobody made known."""
    if not knows_mark(code):
        raise ValueError(f"No app tells of {code!r}")
    links = about.links()
    return TimelineMark(
        deal=links["deal"],
        company=links["company"],
        person=links["person"],
        code=code,
        payload=payload,
        url=url,
        at=at or timezone.now(),
        actor=actor,
    )
