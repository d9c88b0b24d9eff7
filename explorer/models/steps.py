"""Stage changes added up by day, and which days are to be counted again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.money import amount_field, currency_field
from pipeline.models import DealKind, LossReason, Outcome, Stage


def _link(to: str | type[models.Model], label: object, *, may_miss: bool = False) -> models.ForeignKey:
    """A key of another table; copied from rows that are guarded themselves, so nothing guards it here."""
    return models.ForeignKey(
        to,
        models.DO_NOTHING,
        null=may_miss,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=label,  # type: ignore[arg-type]
    )


class StepSum(models.Model):
    """How many effective stage changes of one kind there were on a day, and the value of their deals.

    Counted from the history by `explorer.steps`, a day at a time, never counted up.
    """

    day = models.DateField(_("day"))
    owner = _link(settings.AUTH_USER_MODEL, _("owner at that time"))
    team = _link("accounts.Team", _("team at that time"))
    from_stage = models.PositiveSmallIntegerField(_("from stage"), choices=Stage, null=True)
    to_stage = models.PositiveSmallIntegerField(_("to stage"), choices=Stage)
    from_outcome = models.CharField(_("from outcome"), max_length=4, choices=Outcome, blank=True)
    to_outcome = models.CharField(_("to outcome"), max_length=4, choices=Outcome)
    loss_reason = _link(LossReason, _("loss reason"), may_miss=True)
    currency = currency_field()
    kind = models.CharField(_("kind of business"), max_length=8, choices=DealKind)
    source = _link("leads.Source", _("source"), may_miss=True)
    product = _link("catalog.Product", _("product"), may_miss=True)
    is_new_customer = models.BooleanField(_("won a new customer"), null=True)
    accepted_directly = models.BooleanField(_("accepted as offered"), null=True)
    changes = models.PositiveIntegerField(pgettext_lazy("of stages", "changes"))
    value = amount_field(_("value at that time"))

    class Meta:
        verbose_name = _("stage changes of a day")
        verbose_name_plural = _("stage changes by day")
        indexes = [models.Index(fields=["day"], name="step_sum_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.changes}"


class StepMark(models.Model):
    """That the sums of a day no longer say what history says; without a day: those of any day.

    Marks are only added and removed, so that a change in the meantime is never overlooked.
    """

    day = models.DateField(_("day"), null=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("stale sum of stage changes")
        verbose_name_plural = _("stale sums of stage changes")

    def __str__(self) -> str:
        return str(self.day or "*")
