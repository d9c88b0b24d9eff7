"""Where a deal stands, as lists show it."""

from collections.abc import Mapping

from django.template import Library
from django.utils.translation import gettext as _

from pipeline.models import Deal, StageSetting

register = Library()


@register.inclusion_tag("components/_stage_badge.html")
def stage_badge(deal: Deal, settings: Mapping[int, StageSetting]) -> dict[str, object]:
    """The stage in its colour; of a closed deal the outcome, with the stage where it was lost."""
    label = str(settings[deal.stage].label)
    if deal.is_won:
        label = _("won")
    elif deal.is_lost:
        label = _("lost in %(stage)s") % {"stage": label}
    return {"stage": deal.stage, "label": label, "outcome": deal.outcome}


@register.filter
def is_too_long(deal: Deal, settings: Mapping[int, StageSetting]) -> bool:
    """Whether an open deal stands in its stage longer than is usual there."""
    return deal.is_open and deal.days_in_stage > settings[deal.stage].usual_days
