"""Where business comes from: sources, campaigns, and what they cost in a period."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.audit import audited
from core.money import amount_field, currency_field

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


@audited()
class Source(models.Model):
    """Where a lead or a deal came from: web form, fair, recommendation, cold call ..."""

    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="source_name_once",
                violation_error_message=_("There is a source of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """The words we use to talk about many campaigns at once; everyone sees them, managers keep them."""

    def visible_to(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """All of them, for managers and admins."""
        return self.all() if user.is_manager or user.is_admin else self.none()

    def in_use(self) -> "Self":
        """Those that are still chosen from."""
        return self.filter(is_active=True)


@audited()
class Campaign(models.Model):
    """An effort of marketing that many touches belong to: a fair, a mailing, a series of advertisements."""

    name = models.CharField(_("name"), max_length=120)
    # What stands in `utm_campaign` of addresses that lead to us.
    code = models.CharField(
        _("code in links"),
        max_length=120,
        blank=True,
        help_text=_("What stands behind utm_campaign in your links."),
    )
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    budget = amount_field(_("budget, net"), null=True, blank=True)
    currency = currency_field()
    is_active = models.BooleanField(_("in use"), default=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="campaign_name_once",
                violation_error_message=_("There is a campaign of this name."),
            ),
            models.UniqueConstraint(
                Lower("code"),
                condition=~Q(code=""),
                name="campaign_code_once",
                violation_error_message=_("There is a campaign with this code."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="campaign_ends_after_begin",
                violation_error_message=_("The campaign cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=0), name="campaign_budget_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class SourceCost(models.Model):
    """What a source or a campaign cost between two days, both included; net."""

    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="costs", verbose_name=_("source")
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="costs", verbose_name=_("campaign")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    amount = amount_field(_("amount, net"))
    currency = currency_field()
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("cost of a source")
        verbose_name_plural = _("costs of sources")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False) | Q(campaign__isnull=False),
                name="source_cost_is_of_something",
                violation_error_message=_("Please choose a source or a campaign."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="source_cost_ends_after_begin",
                violation_error_message=_("The period cannot end before it begins."),
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="source_cost_not_negative"),
        ]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="source_cost_period")]

    def __str__(self) -> str:
        return f"{self.source or self.campaign}: {self.amount} {self.currency}"
