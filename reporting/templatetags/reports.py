"""How reports name their periods."""

from django.template import Library

from reporting import switches
from reporting.periods import Period

register = Library()


@register.filter
def period_label(period: Period) -> str:
    """`Nov 2026`, `Q4 2026`."""
    return switches.period_label(period)
