"""Touches: each time we and somebody who could become a customer met, by whatever means."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models import Company, Person
from core.money import amount_field, currency_field
from leads.models.lead import Lead
from leads.models.source import Campaign, Source
from leads.models.words import Direction, TouchChannel

if TYPE_CHECKING:
    from typing import Self


class TouchQuerySet(models.QuerySet["Touch"]):
    """The words we use to talk about many touches at once."""

    def of_lead(self, lead: Lead) -> "Self":
        """Those of a lead, the first one first."""
        return self.filter(lead=lead).order_by("at", "pk")


class Touch(models.Model):
    """One contact point (Kontaktpunkt). Only ever added; links change by merge and conversion alone.

    `content` may be blanked by erasure, never rewritten. `details` holds what the channel told beside it:
    the page and its referrer, UTM parameters, the fields of a form.
    """

    lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="touches", verbose_name=_("lead")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="touches", verbose_name=_("person")
    )
    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="touches", verbose_name=_("company")
    )
    at = models.DateTimeField(_("happened at"))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=TransactionNow())
    channel = models.CharField(_("by"), max_length=9, choices=TouchChannel)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, default=Direction.INBOUND)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="touches", verbose_name=_("source")
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="touches", verbose_name=_("campaign")
    )
    medium = models.CharField(
        _("medium"), max_length=60, blank=True, help_text=_("As in links: cpc, newsletter, organic")
    )
    content = models.TextField(_("content"), max_length=10000, blank=True)
    details = models.JSONField(_("details"), default=dict, db_default={}, blank=True)
    cost = amount_field(_("its share of the cost, net"), null=True, blank=True)
    currency = currency_field()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    objects = TouchQuerySet.as_manager()

    class Meta:
        verbose_name = _("touch")
        verbose_name_plural = _("touches")
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=False) | Q(person__isnull=False) | Q(company__isnull=False),
                name="touch_is_of_somebody",
            ),
            models.CheckConstraint(condition=Q(channel__in=TouchChannel.values), name="touch_channel_known"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="touch_direction_known"),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="touch_cost_not_negative"),
        ]
        indexes = [
            models.Index(fields=["lead", "at"], name="touch_lead"),
            models.Index(fields=["person", "-at"], name="touch_person"),
            models.Index(fields=["company", "-at"], name="touch_company"),
            models.Index(fields=["source", "at"], name="touch_source"),
            models.Index(fields=["campaign", "at"], name="touch_campaign"),
            models.Index(fields=["at"], name="touch_at"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="touch_is_history", exclude=["lead", "person", "company", "content", "details"]
            ),
            pgtrigger.Trigger(
                name="touch_says_what_it_said",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("content", "details"),
                func="""
IF (NEW.content IS DISTINCT FROM OLD.content AND NEW.content <> '')
   OR (NEW.details IS DISTINCT FROM OLD.details AND NEW.details <> '{}'::jsonb) THEN
  RAISE EXCEPTION 'what a touch said is blanked by erasure alone';
END IF;
RETURN NEW;
""",
            ),
            pgtrigger.Protect(name="touch_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} ({self.at:%Y-%m-%d})"
