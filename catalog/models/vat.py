"""VAT as data: which rates a country has since when, and in which countries we charge them."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.audit import audited


class VatCategory(models.TextChoices):
    """What kind of rate a product has; the country says how high it is."""

    STANDARD = "standard", _("Standard rate")
    REDUCED = "reduced", _("Reduced rate")
    SPECIAL = "special", _("Special rate")
    ZERO = "zero", _("Free of VAT")


def country_field(**options: object) -> models.CharField:
    """An ISO 3166 code of two capital letters."""
    return models.CharField(
        _("country"),
        max_length=2,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Two capital letters, for example DE."))],
        **options,  # type: ignore[arg-type]
    )


@audited()
class VatCountry(models.Model):
    """A country whose VAT concerns us: where we are at home, where else we charge it, who is in the EU."""

    code = country_field(primary_key=True)
    vat_prefix = models.CharField(
        _("beginning of VAT ids"), max_length=2, blank=True, help_text=_("EL for Greece; empty: the country.")
    )
    is_eu = models.BooleanField(_("in the European Union"), default=False)
    is_home = models.BooleanField(_("our own country"), default=False)
    is_registered = models.BooleanField(
        _("we charge the VAT of this country"),
        default=False,
        help_text=_("Registered for VAT there; otherwise deliveries beyond the EU are exports without VAT."),
    )

    class Meta:
        verbose_name = _("country of VAT")
        verbose_name_plural = _("countries of VAT")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_home"],
                condition=Q(is_home=True),
                name="vat_country_one_home",
                violation_error_message=_("Another country is our own already."),
            )
        ]

    def __str__(self) -> str:
        return self.code


@audited()
class VatRate(models.Model):
    """How high a kind of rate is in a country from a day on."""

    country = models.ForeignKey(
        VatCountry, models.PROTECT, related_name="rates", verbose_name=_("country"), db_column="country"
    )
    category = models.CharField(_("VAT category"), max_length=8, choices=VatCategory)
    rate = models.DecimalField(_("rate, from 0 to 1"), max_digits=5, decimal_places=4)
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("VAT rate")
        verbose_name_plural = _("VAT rates")
        ordering = ["country", "category", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["country", "category", "valid_from"], name="vat_rate_once"),
            models.CheckConstraint(condition=Q(rate__gte=0, rate__lte=1), name="vat_rate_is_rate"),
            models.CheckConstraint(
                condition=Q(category__in=["standard", "reduced", "special", "zero"]),
                name="vat_rate_category_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.get_category_display()}"
