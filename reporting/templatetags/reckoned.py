"""How figures that are reckoned are written: no more exact than they are known, with their range."""

from django.template import Library
from django.utils import timezone

from core.templatetags.money import Amount, money_compact, number
from reporting.backwards.chain import Range
from reporting.periods import period_of_code
from reporting.switches import period_label

register = Library()

SMALL = 9.95


@register.filter
def figure(value: Amount, currency: str = "") -> str:
    """`64 T€`, `46` or, below ten, `4,6`: as exact as it is known; nothing known is a dash."""
    if value is None or value == "" or currency:
        return money_compact(value, currency)
    value = float(value)
    is_small = abs(value) < SMALL and round(value, 1) != int(value)
    return number(value, 1 if is_small else 0)


@register.filter
def named_period(code: str) -> str:
    """`2027-q1` as `Q1 2027`."""
    return period_label(period_of_code(code, timezone.localdate()))


@register.simple_tag
def figure_range(span: Range, currency: str = "") -> str:
    """`38–58`: where nine of ten possible values lie."""
    return f"{figure(span.low, currency)}–{figure(span.high, currency)}"
