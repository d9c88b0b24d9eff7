"""Which deal became of which lead, and what was entered for it; kept also when it is taken back."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models import Company, Person
from leads.models import Lead, LeadStateChange
from pipeline.models.deal import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class LeadConversionQuerySet(models.QuerySet["LeadConversion"]):
    """Conversions follow the rights of their leads."""

    def visible_to(self, user: "User") -> "Self":
        """Those of leads the user sees."""
        return self.filter(lead__in=Lead.objects.visible_to(user).values("pk"))

    def editable_by(self, user: "User") -> "Self":
        """Those of leads the user may change."""
        return self.filter(lead__in=Lead.objects.editable_by(user).values("pk"))


class LeadConversion(models.Model):
    """A lead became a deal; `made_*` says what did not exist before, so that an undo leaves nothing."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="conversions", verbose_name=_("lead"))
    deal = models.ForeignKey(Deal, models.PROTECT, related_name="conversions", verbose_name=_("deal"))
    company = models.ForeignKey(
        Company, models.PROTECT, null=True, related_name="conversions", verbose_name=_("company")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="conversions", verbose_name=_("person")
    )
    # Whom the lead was linked with before.
    company_before = models.ForeignKey(Company, models.PROTECT, null=True, related_name="+")
    person_before = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_company = models.BooleanField(default=False)
    made_person = models.BooleanField(default=False)
    made_deal = models.BooleanField(default=True)
    change = models.ForeignKey(LeadStateChange, models.PROTECT, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("happened at"), db_default=TransactionNow())
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )

    objects = LeadConversionQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversion of a lead")
        verbose_name_plural = _("conversions of leads")
        constraints = [
            models.UniqueConstraint(fields=["lead"], condition=Q(undone_at=None), name="lead_converted_once"),
            models.UniqueConstraint(fields=["change"], name="conversion_of_one_step"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False),
                name="conversion_undone_at_a_moment",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="conversion_is_history", exclude=["undone_at", "undone_by"]),
            pgtrigger.Protect(name="conversion_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} → {self.deal_id}"
