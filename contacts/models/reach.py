"""How to reach companies and persons: addresses and channels."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models.company import Company
from contacts.models.person import Person
from core.audit import audited


def place_key() -> Func:
    """The place as names are searched: case and accents folded."""
    return Func(F("city"), function="public.sort_key", output_field=models.TextField())


def belongs_to_one(name: str) -> models.CheckConstraint:
    """The constraint that a row hangs on a company or a person, never on both or none."""
    return models.CheckConstraint(
        condition=Q(company=None, person__isnull=False) | Q(company__isnull=False, person=None), name=name
    )


@audited()
class Address(models.Model):
    """Where a company or a person can be visited or written to."""

    class Use(models.TextChoices):
        """What an address is for."""

        MAIN = "main", pgettext_lazy("use of an address", "Main address")
        BILLING = "billing", pgettext_lazy("use of an address", "Billing address")
        DELIVERY = "delivery", pgettext_lazy("use of an address", "Delivery address")
        PRIVATE = "private", pgettext_lazy("use of an address", "Private address")

    company = models.ForeignKey(Company, models.CASCADE, null=True, blank=True, related_name="addresses")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="addresses")
    use = models.CharField(
        pgettext_lazy("of an address", "use"),
        max_length=8,
        choices=Use,
        default=Use.MAIN,
        db_default=Use.MAIN,
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("place"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, default="DE")

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["pk"]
        constraints = [
            belongs_to_one("address_of_company_or_person"),
            models.CheckConstraint(
                condition=Q(use__in=["main", "billing", "delivery", "private"]), name="address_use_known"
            ),
        ]
        indexes = [
            models.Index(fields=["country", "postal_code"], name="address_postal_code"),
            models.Index(fields=["postal_code"], name="address_region"),
            GinIndex(OpClass(place_key(), name="gin_trgm_ops"), name="address_place_parts"),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.street, f"{self.postal_code} {self.city}".strip()) if part)


@audited()
class Channel(models.Model):
    """One way to reach a company or a person; phone numbers are kept as E.164, shown readably."""

    class Kind(models.TextChoices):
        """By what means."""

        PHONE = "phone", _("Phone")
        MOBILE = "mobile", _("Mobile")
        EMAIL = "email", _("E-mail")
        WEB = "web", _("Web site")
        LINKEDIN = "linkedin", "LinkedIn"
        XING = "xing", "XING"
        PROFILE = "profile", _("Other profile")

    company = models.ForeignKey(Company, models.CASCADE, null=True, blank=True, related_name="channels")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="channels")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    value = models.CharField(_("number or address"), max_length=254)
    label = models.CharField(_("remark"), max_length=60, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("of communication", "channel")
        verbose_name_plural = pgettext_lazy("of communication", "channels")
        ordering = ["pk"]
        constraints = [
            belongs_to_one("channel_of_company_or_person"),
            models.CheckConstraint(
                condition=Q(kind__in=["phone", "mobile", "email", "web", "linkedin", "xing", "profile"]),
                name="channel_kind_known",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="channel_has_value"),
        ]
        indexes = [
            models.Index(fields=["kind", "value"], name="channel_value"),
            models.Index(Upper("value"), name="channel_email", condition=Q(kind="email")),
            GinIndex(OpClass(Upper("value"), name="gin_trgm_ops"), name="channel_parts"),
        ]

    def __str__(self) -> str:
        return self.value
