"""Cells of the list of deals that are more than text; what looks the same in many rows is drawn once."""

from functools import lru_cache

from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html

from core.step_dots import step_dot
from core.templatetags.dates import day_count
from pipeline.models import Deal
from pipeline.templatetags.stages import is_too_long, stage_badge

MOST_KEPT = 256


def stage_cell(context: Context, deal: Deal) -> str:
    """The stage, or the outcome; `settings` are in the context."""
    return _badge(**stage_badge(deal, context["settings"]))


def step_cell(context: Context, deal: Deal) -> str:
    """The next step; a closed deal has none."""
    return step_dot(deal.next_step_on, deal.next_step) if deal.is_open else ""


def days_cell(context: Context, deal: Deal) -> str:
    """The days in the stage, marked when they are too many."""
    old = " old" if is_too_long(deal, context["settings"]) else ""
    return format_html('<span class="age{}">{}</span>', old, day_count(deal.days_in_stage))


@lru_cache(maxsize=MOST_KEPT)
def _badge(*, stage: int, label: str, outcome: str) -> str:
    return render_to_string(
        "components/_stage_badge.html", {"stage": stage, "label": label, "outcome": outcome}
    )
