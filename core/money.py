"""Amounts: how they are stored and rounded. Showing them is the template tag `money`."""

from decimal import ROUND_HALF_UP, Decimal

from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")


def rounded(amount: Decimal) -> Decimal:
    """To the cent, half away from zero, as invoices are rounded in Germany."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def amount_field(verbose_name: str | Promise, **options: object) -> models.DecimalField:
    """A total: 2 decimals, up to 999,999,999,999.99."""
    return models.DecimalField(verbose_name, max_digits=14, decimal_places=2, **options)  # type: ignore[arg-type]


def currency_field() -> models.CharField:
    """An ISO 4217 code."""
    return models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, for example EUR."))],
    )
