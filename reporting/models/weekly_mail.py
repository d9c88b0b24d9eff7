"""The mails of Monday morning: one row per reader and week, so that each is sent once."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

# Tried again after longer and longer pauses; after the last one an admin has to look.
MOST_ATTEMPTS = 6


class WeeklyMailQuerySet(models.QuerySet["WeeklyMail"]):
    """The words we use to talk about many weekly mails at once."""

    def due(self, week_starts_on: "date", now: datetime) -> "Self":
        """Those of this week that are to be sent now, to readers who still want them."""
        waiting = self.filter(week_starts_on=week_starts_on, claimed_at=None, sent_at=None, due_at__lte=now)
        wanted = waiting.filter(user__is_active=True, user__weekly_mail=True)
        return wanted.filter(attempts__lt=MOST_ATTEMPTS)


class WeeklyMail(models.Model):
    """What one reader is told of one week, Monday to Sunday.

    Whoever sends claims the row first. A claim that was neither kept nor given back is of a worker that died
    while sending: nobody knows whether the mail left, so it is not sent a second time.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="weekly_mails", verbose_name=_("reader")
    )
    week_starts_on = models.DateField(_("week from"))
    due_at = models.DateTimeField(_("due at"))
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = WeeklyMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("weekly mail")
        verbose_name_plural = _("weekly mails")
        ordering = ["-week_starts_on", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "week_starts_on"], name="weekly_mail_once"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(claimed_at__isnull=False), name="weekly_mail_claimed_first"
            ),
        ]
        indexes = [
            models.Index(
                fields=["week_starts_on", "due_at"], name="weekly_mail_waiting", condition=Q(sent_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.week_starts_on}"
