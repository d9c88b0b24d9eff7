"""How the figures of use are written."""

from datetime import timedelta

from django.template import Library
from django.utils.translation import gettext as _

from core.templatetags.money import NOTHING, number
from quality.use import Use

register = Library()

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@register.filter
def span(delay: timedelta | None) -> str:
    """`25 min`, `3,5 h`, `2,0 days`; a dash where nothing was entered."""
    if delay is None:
        return NOTHING
    if delay < HOUR:
        return _("%(count)s min") % {"count": number(int(delay.total_seconds() // 60))}
    if delay < DAY:
        return _("%(count)s h") % {"count": number(delay / HOUR, 1)}
    return _("%(count)s days") % {"count": number(delay / DAY, 1)}


@register.filter
def of_days(use: Use) -> str:
    """What the active days are of."""
    if use.people == 1:
        return _("of %(days)s working days") % {"days": use.working_days}
    return _("per person, of %(days)s working days") % {"days": use.working_days}


@register.filter
def of_entries(use: Use) -> str:
    """What the delay is the middle of."""
    return _("median of %(count)s entries") % {"count": number(use.entries)}


@register.filter
def of_deals(use: Use) -> str:
    """What the share is of."""
    return _("%(part)s of %(whole)s") % {"part": number(use.with_next_step), "whole": number(use.open_deals)}


@register.filter
def of_moves(use: Use) -> str:
    """What the share is of."""
    return _("%(part)s of %(whole)s") % {"part": number(use.backed_moves), "whole": number(use.moves)}
