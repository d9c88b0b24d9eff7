"""Figures and bands of the forecast in words and as places in a picture."""

from collections.abc import Iterable, Sequence

from core.templatetags.money import money_compact, number

WIDTH, MARGIN = 240.0, 4.0
_LARGE = 10


def figure(value: float, currency: str) -> str:
    """An amount of money, or a number: with a decimal only where it is small and not whole."""
    if currency:
        return money_compact(value, currency)
    rounded = round(value, 1)
    has_decimal = rounded < _LARGE and not rounded.is_integer()
    return number(rounded, 1 if has_decimal else 0)


def range_words(quantiles: Sequence[float], currency: str) -> list[str]:
    """Of 5, 25, 50, 75 and 95 %: the middle, the range of half of the cases and that of nine of ten."""
    low, lower, middle, upper, high = (figure(value, currency) for value in quantiles)
    return [middle, f"{lower}–{upper}", f"{low}–{high}"]


def places_of(values: Iterable[float], most: float) -> list[str]:
    """Where values lie in the picture of a band, as SVG attributes."""
    return [f"{MARGIN + (WIDTH - 2 * MARGIN) * value / most:.1f}" for value in values]
