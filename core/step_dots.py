"""The light of a next step in a list: one that looks as it did is not drawn again."""

from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language

from core.templatetags.dates import today

# Some hundred kilobytes per process; what was not shown for long makes room.
MOST_KEPT = 2048


def step_dot(on: date | None, text: str) -> str:
    """The day and what is to be done then, to a reader of this language on this day."""
    return _drawn(on, text, get_language() or "", today())


@lru_cache(maxsize=MOST_KEPT)
def _drawn(on: date | None, text: str, _language: str, _day: date) -> str:
    return render_to_string("components/_step_dot.html", {"on": on, "text": text})
