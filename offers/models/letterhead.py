"""The paper offers are written on: who we are, what stands at the foot, the texts around the table."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.audit import audited


@audited(leaving_out=["logo"])
class Letterhead(models.Model):
    """Our side of every offer: one row, kept by admins."""

    name = models.CharField(_("company"), max_length=120, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.CharField(_("website"), max_length=120, blank=True)
    register = models.CharField(
        _("register"), max_length=120, blank=True, help_text=_("Court and number, as the law wants it.")
    )
    directors = models.CharField(_("represented by"), max_length=200, blank=True)
    vat_id = models.CharField(_("VAT id"), max_length=20, blank=True)
    tax_number = models.CharField(_("tax number"), max_length=30, blank=True)
    bank = models.CharField(_("bank"), max_length=80, blank=True)
    iban = models.CharField(_("IBAN"), max_length=42, blank=True)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    logo = models.BinaryField(_("logo"), blank=True, default=b"")
    opening_de = models.TextField(_("first lines, German"), max_length=2000, blank=True)
    opening_en = models.TextField(_("first lines, English"), max_length=2000, blank=True)
    closing_de = models.TextField(_("last lines, German"), max_length=2000, blank=True)
    closing_en = models.TextField(_("last lines, English"), max_length=2000, blank=True)
    terms_de = models.TextField(_("terms, German"), max_length=5000, blank=True)
    terms_en = models.TextField(_("terms, English"), max_length=5000, blank=True)

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterhead")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="letterhead_one_row")]

    def __str__(self) -> str:
        return self.name or str(_("letterhead"))

    def text(self, kind: str, language: str) -> str:
        """`opening`, `closing` or `terms` in this language; German where there is no other."""
        suffix = "en" if language == "en" else "de"
        return getattr(self, f"{kind}_{suffix}") or getattr(self, f"{kind}_de")

    @property
    def place(self) -> str:
        """`80331 München`."""
        return f"{self.postal_code} {self.city}".strip()


def current_letterhead() -> Letterhead:
    """The one row; empty where nobody has filled it yet."""
    return Letterhead.objects.first() or Letterhead(pk=1)
