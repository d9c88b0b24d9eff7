"""What managers said of open deals, as figures beside the computed ones."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from core.templatetags.money import money_compact, number
from reporting.judged import Beside, Judged
from reporting.tiles import Tile


def judged_tiles(beside: Beside, currency: str, list_url: Callable[[str], str]) -> list[Tile]:
    """The committed deals, the excluded ones, and what the forecast would be if that were right."""
    note = _("%(wins)s wins; committed ones for certain, excluded ones not at all") % {
        "wins": number(beside.wins, 1)
    }
    return [
        Tile(_("Committed"), *_said(beside.committed, currency), list_url("committed")),
        Tile(_("Excluded"), *_said(beside.excluded, currency), list_url("excluded")),
        Tile(_("If that is right"), money_compact(beside.value, currency), note, ""),
    ]


def _said(judged: Judged, currency: str) -> tuple[str, str]:
    """How many deals, and their value beside what is computed of them."""
    said = {
        "value": money_compact(judged.value, currency),
        "computed": money_compact(judged.computed_value, currency),
    }
    return number(judged.deals), _("deals: %(value)s stated, %(computed)s computed") % said
