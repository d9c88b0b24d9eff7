"""What is waiting to be recomputed, and the computations of everything."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StaleMark(models.Model):
    """That the figures no longer say what the history of a deal says; without a deal: of any deal.

    Marks are only added and removed: a move in the meantime adds one of its own and is never overlooked.
    """

    deal = models.ForeignKey(
        "pipeline.Deal", models.CASCADE, null=True, related_name="+", verbose_name=_("deal")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("stale figure")
        verbose_name_plural = _("stale figures")

    def __str__(self) -> str:
        return str(self.deal_id or "*")


class Rebuild(models.Model):
    """A computation of all figures from history alone, and where those that stood there differed."""

    class Reason(models.TextChoices):
        """What asked for it."""

        FIRST = "first", _("first computation")
        NIGHT = "night", _("nightly check")
        HISTORY = "history", _("many deals changed at once")

    reason = models.CharField(_("reason"), max_length=7, choices=Reason)
    as_of = models.DateTimeField(_("as of"))
    day = models.DateField(_("day the rolling year ends with"))
    deals = models.PositiveIntegerField(_("deals"))
    figures = models.PositiveIntegerField(_("figures"))
    seconds = models.FloatField(_("seconds"))
    difference_count = models.PositiveIntegerField(_("differences"), default=0)
    differences = models.JSONField(_("first differences"), default=list, blank=True)

    class Meta:
        verbose_name = _("rebuild of the figures")
        verbose_name_plural = _("rebuilds of the figures")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.day}"


class AppointmentMark(models.Model):
    """That the appointments of the actuals no longer are those of the timelines. Only added and removed."""

    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("stale count of appointments")
        verbose_name_plural = _("stale counts of appointments")

    def __str__(self) -> str:
        return str(self.made_at)
