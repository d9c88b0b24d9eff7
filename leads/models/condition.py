"""What rules about leads may ask of a lead."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.person import LANGUAGES
from leads.models.source import Campaign, Source
from leads.models.words import Direction

POSTAL_CODES = RegexValidator(
    r"^\s*\w{1,10}(\s*-\s*\w{1,10})?(\s*,\s*\w{1,10}(\s*-\s*\w{1,10})?)*\s*$",
    _("Beginnings of postal codes, or ranges of them, with commas: 10-14, 20, 221"),
)


class LeadCondition(models.Model):
    """Conditions on a lead; an empty one fits every lead, and all that are given have to fit."""

    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("campaign")
    )
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    postal_codes = models.CharField(
        _("postal codes"),
        max_length=300,
        blank=True,
        validators=[POSTAL_CODES],
        help_text=_("Beginnings of postal codes, or ranges of them, with commas: 10-14, 20, 221"),
    )
    industry = models.CharField(
        _("industry contains"), max_length=80, blank=True, help_text=_("Any of these words, with commas.")
    )
    product_group = models.ForeignKey(
        "catalog.ProductGroup",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("product group"),
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, blank=True)

    class Meta:
        abstract = True
