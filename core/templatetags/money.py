"""Amounts, shares and counts as German and English readers write them."""

from decimal import ROUND_HALF_UP, Decimal

from django.template import Library
from django.utils import formats
from django.utils.translation import get_language

register = Library()

NBSP = "\u00a0"
MINUS = "\u2212"
NOTHING = "–"
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
# Above which amount a compact figure changes its unit: (limit, divisor, German, English).
UNITS = (
    (Decimal("999_500_000"), Decimal(1_000_000_000), "Mrd.", "B"),
    (Decimal("999_500"), Decimal(1_000_000), "Mio.", "M"),
    (Decimal(10_000), Decimal(1000), "T", "K"),
)

Amount = Decimal | int | float | str | None


@register.simple_tag
def money(value: Amount, currency: str = "EUR") -> str:
    """`18.900 €`; cents only where there are any: `18.900,50 €`. In English `€18,900`."""
    if value is None or value == "":
        return NOTHING
    amount = _decimal(value)
    decimals = 0 if amount == amount.to_integral_value() else 2
    return _with_currency(_grouped(abs(amount), decimals), currency, is_negative=amount < 0)


@register.simple_tag
def money_exact(value: Amount, currency: str = "EUR", at_least: int = 2) -> str:
    """For documents: always with cents, further decimals where they are not zero: `18.900,00 €`."""
    if value is None or value == "":
        return NOTHING
    amount = _decimal(value)
    return _with_currency(exact(abs(amount), at_least), currency, is_negative=amount < 0)


@register.simple_tag
def money_compact(value: Amount, currency: str = "EUR") -> str:
    """For heads and pictures: `613 T€`, `4,6 Mio. €`; below 10.000 the whole amount. In English `€613K`."""
    if value is None or value == "":
        return NOTHING
    amount = _decimal(value)
    size = abs(amount)
    for limit, divisor, german, english in UNITS:
        if size >= limit:
            digits, unit = _shortened(size / divisor), (german if _is_german() else english)
            return _with_currency(digits, currency, unit=unit, is_negative=amount < 0)
    return _with_currency(_grouped(size, 0), currency, is_negative=amount < 0)


@register.filter
def number(value: Amount, decimals: int = 0) -> str:
    """`1.234` or `1.234,5`: grouped in the language of the reader."""
    if value is None or value == "":
        return NOTHING
    amount = _decimal(value)
    return (MINUS if amount < 0 else "") + _grouped(abs(amount), decimals)


@register.filter
def exact(value: Amount, at_least: int = 0) -> str:
    """`12,5` or `0,0345`: with every decimal that is not zero, but so many at least."""
    if value is None or value == "":
        return NOTHING
    amount = _decimal(value)
    spelt = amount.normalize().as_tuple().exponent
    decimals = max(at_least, -spelt if isinstance(spelt, int) else 0)
    return (MINUS if amount < 0 else "") + _grouped(abs(amount), decimals)


@register.filter
def percent(share: Amount, decimals: int = 0) -> str:
    """0.664 as `66 %`, in English `66%`; nothing known is a dash."""
    if share is None or share == "":
        return NOTHING
    return number(_decimal(share) * 100, decimals) + _percent_sign()


@register.filter
def percent_exact(share: Amount) -> str:
    """0.19 as `19 %`, 0.081 as `8,1 %`: with every decimal that is not zero."""
    if share is None or share == "":
        return NOTHING
    return exact(_decimal(share) * 100) + _percent_sign()


@register.simple_tag
def percent_range(low: Amount, high: Amount) -> str:
    """The ends of an interval: `60–71 %`."""
    if low is None or high is None:
        return NOTHING
    return f"{number(_decimal(low) * 100)}–{number(_decimal(high) * 100)}{_percent_sign()}"


def _decimal(value: Decimal | int | float | str) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _is_german() -> bool:
    return (get_language() or "de").startswith("de")


def _percent_sign() -> str:
    return f"{NBSP}%" if _is_german() else "%"


def _grouped(amount: Decimal, decimals: int) -> str:
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return str(formats.number_format(rounded, decimals, force_grouping=True))


def _shortened(amount: Decimal) -> str:
    """One decimal below ten, none above: 4,6 but 46 and 613."""
    return _grouped(amount, 1 if amount < Decimal("9.95") else 0)


def _with_currency(digits: str, currency: str, *, unit: str = "", is_negative: bool = False) -> str:
    sign = MINUS if is_negative else ""
    symbol = SYMBOLS.get(currency, currency)
    if _is_german():
        # T€ and TCHF are written in one word, Mio. € in two.
        tail = f"{unit}{symbol}" if unit == "T" else f"{unit}{NBSP}{symbol}".strip(NBSP)
        return f"{sign}{digits}{NBSP}{tail}"
    gap = "" if len(symbol) == 1 else NBSP
    return f"{sign}{symbol}{gap}{digits}{unit}"
