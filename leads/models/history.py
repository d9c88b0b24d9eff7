"""The history of leads, only ever added to: states, and who had them and why."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leads.models.lead import Lead
from leads.models.reason import DisqualifyReason
from leads.models.words import LeadOrigin, LeadState

if TYPE_CHECKING:
    from typing import Self


class LeadStateChangeQuerySet(models.QuerySet["LeadStateChange"]):
    """The words we use to talk about many changes of state at once."""

    def effective(self) -> "Self":
        """Without undone rows and the rows that undid them."""
        undone = LeadStateChange.objects.filter(reverts=OuterRef("pk"))
        return self.filter(~Exists(undone), reverts=None)


class LeadStateChange(models.Model):
    """One step of a lead from state to state; the first row has no from-state.

    `seq` orders; `at` is when it happened, `recorded_at` when we learned of it. Owner and team are those of
    the moment. Undo appends a row that names the undone one in `reverts`.
    """

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="state_changes", verbose_name=_("lead"))
    seq = models.PositiveIntegerField(_("number"))
    from_state = models.CharField(_("from state"), max_length=12, choices=LeadState, blank=True)
    to_state = models.CharField(_("to state"), max_length=12, choices=LeadState)
    reason = models.ForeignKey(
        DisqualifyReason,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reason for disqualifying"),
    )
    note = models.CharField(_("explanation"), max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner at that time"),
    )
    team = models.ForeignKey(
        "accounts.Team", models.PROTECT, related_name="+", verbose_name=_("team at that time")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    origin = models.CharField(_("origin"), max_length=6, choices=LeadOrigin, default=LeadOrigin.TYPED)
    at = models.DateTimeField(_("happened at"))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=TransactionNow())
    reverts = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reverted_by", verbose_name=_("undoes")
    )

    objects = LeadStateChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a lead's state")
        verbose_name_plural = _("changes of leads' states")
        ordering = ["lead", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["lead", "seq"], name="lead_state_seq_once"),
            models.CheckConstraint(
                condition=Q(to_state__in=LeadState.values), name="lead_state_change_words_known"
            ),
            models.CheckConstraint(
                condition=Q(seq=1, from_state="") | Q(seq__gt=1) & ~Q(from_state=""),
                name="lead_state_opening_first",
            ),
            models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="lead_state_change_changes"),
            models.CheckConstraint(
                condition=~Q(to_state="disqualified") | Q(reason__isnull=False),
                name="lead_disqualified_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["at"], name="lead_state_at"),
            models.Index(fields=["owner", "at"], name="lead_state_owner"),
        ]
        triggers = [
            # The explanation may hold a name and is blanked by erasure.
            pgtrigger.ReadOnly(name="lead_state_is_history", exclude=["note"]),
            pgtrigger.Protect(name="lead_state_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id}/{self.seq}"


class LeadAssignment(models.Model):
    """Who got a lead, from whom, and why: the answer to "why me?"."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="assignments", verbose_name=_("lead"))
    from_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("from"),
    )
    to_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("to"),
    )
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", verbose_name=_("team"))
    why = models.CharField(_("why"), max_length=300, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("happened at"))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=TransactionNow())

    class Meta:
        verbose_name = _("assignment of a lead")
        verbose_name_plural = _("assignments of leads")
        ordering = ["lead", "pk"]
        indexes = [models.Index(fields=["to_owner", "at"], name="lead_assignment_to")]
        triggers = [
            pgtrigger.ReadOnly(name="lead_assignment_is_history"),
            pgtrigger.Protect(name="lead_assignment_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.to_owner or self.team}"
