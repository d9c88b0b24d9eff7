"""The history of deals, only ever added to: the truth behind every figure."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.money import amount_field, currency_field
from pipeline.models.process import LossReason
from pipeline.models.stage import Origin, Outcome, Stage
from pipeline.models.triggers import history_ends_in_present

if TYPE_CHECKING:
    from typing import Self


class StageChangeQuerySet(models.QuerySet["StageChange"]):
    """The words we use to talk about many stage changes at once."""

    def effective(self) -> "Self":
        """Without undone rows and the rows that undid them: a misdrop undone never happened."""
        undone = StageChange.objects.filter(reverts=OuterRef("pk"))
        return self.filter(~Exists(undone), reverts=None)


class StageChange(models.Model):
    """One step of a deal: into a stage, out of it, or to an outcome.

    `seq` orders (moments can tie); `at` is when it happened, `recorded_at` when we learned of it; the opening
    row has no from-stage. Owner, team, value and currency are those of the moment. Undo appends a row that
    names the undone one in `reverts`.
    """

    deal = models.ForeignKey(
        "pipeline.Deal", models.PROTECT, related_name="stage_changes", verbose_name=_("deal")
    )
    seq = models.PositiveIntegerField(_("number"))
    from_stage = models.PositiveSmallIntegerField(_("from stage"), choices=Stage, null=True, blank=True)
    to_stage = models.PositiveSmallIntegerField(_("to stage"), choices=Stage)
    from_outcome = models.CharField(_("from outcome"), max_length=4, choices=Outcome, blank=True)
    to_outcome = models.CharField(_("to outcome"), max_length=4, choices=Outcome)
    loss_reason = models.ForeignKey(
        LossReason, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("loss reason")
    )
    loss_note = models.CharField(_("explanation"), max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner at that time")
    )
    team = models.ForeignKey(
        "accounts.Team", models.PROTECT, related_name="+", verbose_name=_("team at that time")
    )
    value = amount_field(_("value at that time"))
    currency = currency_field()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    origin = models.CharField(_("origin"), max_length=6, choices=Origin, default=Origin.TYPED)
    at = models.DateTimeField(_("happened at"))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=TransactionNow())
    reverts = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reverted_by", verbose_name=_("undoes")
    )

    objects = StageChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage change")
        verbose_name_plural = _("stage changes")
        ordering = ["deal", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "seq"], name="stage_change_seq_once"),
            models.CheckConstraint(
                condition=Q(to_stage__in=Stage.values, to_outcome__in=Outcome.values),
                name="stage_change_words_known",
            ),
            models.CheckConstraint(
                condition=Q(seq=1, from_stage=None, from_outcome="") | Q(seq__gt=1, from_stage__isnull=False),
                name="stage_change_opening_first",
            ),
            models.CheckConstraint(
                condition=~Q(to_outcome="lost") | Q(loss_reason__isnull=False),
                name="stage_change_lost_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(from_stage=None)
                | ~Q(from_stage=F("to_stage"))
                | ~Q(from_outcome=F("to_outcome")),
                name="stage_change_changes",
            ),
        ]
        indexes = [
            models.Index(fields=["at"], name="stage_change_at"),
            models.Index(fields=["owner", "at"], name="stage_change_owner"),
        ]
        triggers = [
            # loss_note may hold a name and is blanked by erasure.
            pgtrigger.ReadOnly(name="stage_change_is_history", exclude=["loss_note"]),
            pgtrigger.Protect(name="stage_change_is_kept", operation=pgtrigger.Delete),
            history_ends_in_present("stage_change_ends_in_present", deal="NEW.deal_id", on=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}/{self.seq}"


class DealChange(models.Model):
    """Owner, value and expected closing of a deal from a moment on; the first row stands from its opening.

    With StageChange it lets any past day be rebuilt exactly.
    """

    deal = models.ForeignKey("pipeline.Deal", models.PROTECT, related_name="changes", verbose_name=_("deal"))
    seq = models.PositiveIntegerField(_("number"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner from then on")
    )
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", verbose_name=_("team"))
    value = amount_field(_("value"))
    currency = currency_field()
    expected_close_on = models.DateField(_("expected closing"), null=True, blank=True)
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
        verbose_name = _("deal change")
        verbose_name_plural = _("deal changes")
        ordering = ["deal", "seq"]
        constraints = [models.UniqueConstraint(fields=["deal", "seq"], name="deal_change_seq_once")]
        indexes = [models.Index(fields=["at"], name="deal_change_at")]
        triggers = [
            pgtrigger.ReadOnly(name="deal_change_is_history"),
            pgtrigger.Protect(name="deal_change_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}/{self.seq}"
