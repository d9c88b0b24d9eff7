"""Exchange rates as dated data: what a report converts by, and says so."""

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.audit import audited

BASE = "EUR"


@audited()
class ExchangeRate(models.Model):
    """How much of a currency one euro was on a day; it holds until the next one."""

    currency = models.CharField(
        _("currency"),
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, for example EUR."))],
    )
    valid_from = models.DateField(_("valid from"))
    per_euro = models.DecimalField(
        _("one euro is"), max_digits=12, decimal_places=6, validators=[MinValueValidator(0)]
    )
    source = models.CharField(_("source"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "valid_from"],
                name="exchange_rate_once_a_day",
                violation_error_message=_("There is a rate of this currency and day."),
            ),
            models.CheckConstraint(
                condition=Q(per_euro__gt=0),
                name="exchange_rate_positive",
                violation_error_message=_("A rate is more than nothing."),
            ),
            models.CheckConstraint(
                condition=~Q(currency=BASE),
                name="exchange_rate_not_of_the_euro",
                violation_error_message=_("The euro is what the others are measured by."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {date_format(self.valid_from, 'SHORT_DATE_FORMAT')}"
