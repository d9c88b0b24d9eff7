"""What rules met: planned, done, skipped or stopped; once per rule and occasion."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from automation.models.rule import Rule
from contacts.models import Company
from core.models import Event
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class RuleHitQuerySet(models.QuerySet["RuleHit"]):
    """The words we use to talk about many hits at once; rights follow the deal."""

    def visible_to(self, user: "User") -> "Self":
        """Those of deals this user may see, and those of companies, which everybody sees."""
        return self.filter(Q(deal=None) | Q(deal__in=Deal.objects.visible_to(user)))

    def editable_by(self, user: "User") -> "Self":
        """Who works on the deal may stop what is planned for it; for companies managers and admins."""
        own = Q(deal__in=Deal.objects.editable_by(user))
        return self.filter(own | Q(deal=None)) if user.is_manager or user.is_admin else self.filter(own)

    def planned(self) -> "Self":
        """Those that wait for their moment."""
        return self.filter(state=RuleHit.State.PLANNED)


class RuleHit(models.Model):
    """A rule met a deal or a company: why, when it acts, and what it did.

    `occasion` names what made it fit (an event, a stay in a stage, a version of an offer ...): the same
    occasion is met once, however often the clock looks. `did` says what each deed left behind.
    """

    class State(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", pgettext_lazy("rule", "planned")
        DONE = "done", pgettext_lazy("rule", "done")
        SKIPPED = "skipped", pgettext_lazy("rule", "did not fit any more")
        STOPPED = "stopped", pgettext_lazy("rule", "stopped")
        FAILED = "failed", pgettext_lazy("rule", "failed")
        LOOP = "loop", pgettext_lazy("rule", "left out: caused by a rule itself")

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="hits", verbose_name=_("rule"))
    deal = models.ForeignKey(
        Deal, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("deal"), db_index=False
    )
    company = models.ForeignKey(
        Company,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("company"),
        db_index=False,
    )
    occasion = models.CharField(_("occasion"), max_length=60)
    # How many rules lie between this and what a person did.
    depth = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.PLANNED)
    due_at = models.DateTimeField(_("due at"))
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stopped by"),
    )
    did = models.JSONField(_("did"), default=list)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = RuleHitQuerySet.as_manager()

    class Meta:
        verbose_name = _("hit of a rule")
        verbose_name_plural = _("hits of rules")
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "deal", "company", "occasion"],
                nulls_distinct=False,
                name="rule_hit_once_per_occasion",
            ),
            models.CheckConstraint(
                condition=Q(deal__isnull=False, company=None) | Q(deal=None, company__isnull=False),
                name="rule_hit_of_deal_or_company",
            ),
            models.CheckConstraint(
                condition=Q(state="planned", ended_at=None)
                | (~Q(state="planned") & Q(ended_at__isnull=False)),
                name="rule_hit_ended_or_planned",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="planned"), name="rule_hit_due"),
            models.Index(fields=["deal", "-id"], name="rule_hit_deal"),
            models.Index(fields=["company", "-id"], name="rule_hit_company"),
            models.Index(fields=["rule", "-id"], name="rule_hit_log"),
            models.Index(fields=["rule", "ended_at"], condition=Q(state="done"), name="rule_hit_done"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.occasion}"


class CausedEvent(models.Model):
    """An event that a rule caused, so that rules do not go round in circles."""

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="+")
    hit = models.ForeignKey(RuleHit, models.CASCADE, related_name="caused")

    def __str__(self) -> str:
        return f"{self.event_id} ← {self.hit_id}"
