"""How reports name their periods and differences."""

from django.template import Library

from reporting import review_tiles, switches
from reporting.periods import Period

register = Library()


@register.filter
def period_label(period: Period) -> str:
    """`Nov 2026`, `Q4 2026`."""
    return switches.period_label(period)


@register.filter
def signed_percent(share: float | None) -> str:
    """0.12 as `+12 %`."""
    return review_tiles.signed(share)
