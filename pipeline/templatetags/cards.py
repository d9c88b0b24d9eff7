"""Drawing the cards of the board."""

from datetime import date
from functools import lru_cache

from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.templatetags.dates import today
from pipeline.cards import Card, CardLook

register = Library()

# A few megabytes per process; what was not shown for long makes room.
MOST_KEPT = 4096


@register.simple_tag
def deal_card(card: Card) -> SafeString:
    """The card; one that looks as it did, to a reader of this language on this day, is not drawn again."""
    return _drawn(card.look, get_language() or "", today())


@lru_cache(maxsize=MOST_KEPT)
def _drawn(look: CardLook, _language: str, _day: date) -> SafeString:
    return render_to_string("pipeline/_card.html", {"look": look})
