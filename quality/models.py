"""What the data was like at the end of each day."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date


class Subject(models.TextChoices):
    """What has a score."""

    DEALS = "deals", _("Open deals")
    LEADS = "leads", _("Open leads")


class QualityDayQuerySet(models.QuerySet["QualityDay"]):
    """The words we use to talk about many of them."""

    def since(self, day: "date") -> "QualityDayQuerySet":
        """From a day on, in the order of the days."""
        return self.filter(day__gte=day).order_by("day")


class QualityDay(models.Model):
    """The open records of one person on a day: how many, their scores added up, how many break each rule.

    Counted whole each night (`quality.actions`); a day that has passed stays as it was.
    """

    day = models.DateField(_("day"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    team = models.ForeignKey("accounts.Team", models.CASCADE, related_name="+", verbose_name=_("team"))
    subject = models.CharField(_("what"), max_length=5, choices=Subject)
    records = models.PositiveIntegerField(_("records"))
    # Of 0 to 100 each.
    points = models.PositiveBigIntegerField(_("scores added up"))
    broken = models.JSONField(_("broken rules"), default=dict)

    objects = QualityDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("data quality of a day")
        verbose_name_plural = _("data quality by day")
        constraints = [
            models.UniqueConstraint(fields=["day", "owner", "subject"], name="quality_day_once"),
            models.CheckConstraint(condition=Q(subject__in=Subject.values), name="quality_day_subject_known"),
            models.CheckConstraint(
                condition=Q(records__gt=0, points__lte=100 * F("records")), name="quality_day_within_100"
            ),
        ]
        indexes = [models.Index(fields=["team", "day"], name="quality_day_team")]

    def __str__(self) -> str:
        return f"{self.day} {self.owner_id} {self.subject}"
