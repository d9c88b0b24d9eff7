"""Dashboards: kept questions of the explorer beside each other; and questions that come by mail."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rights import led_team_ids
from core.keys import sort_key
from lists.models import SavedView

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class DashboardQuerySet(models.QuerySet["Dashboard"]):
    """The words we use to talk about many dashboards at once."""

    def visible_to(self, user: "User") -> "Self":
        """One's own and those shared with the home team or a team one leads; being an admin adds none."""
        home = [] if user.team.is_unassigned else [user.team_id]
        return self.filter(Q(owner=user) | Q(shared_with__in=[*home, *led_team_ids(user)]))

    def editable_by(self, user: "User") -> "Self":
        """One's own."""
        return self.filter(owner=user)


class Dashboard(models.Model):
    """Cards in an order under a name; what each shows is asked anew, under the rights of whoever looks."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="dashboards", verbose_name=_("made by")
    )
    name = models.CharField(_("name"), max_length=60)
    # Without its team a dashboard is its owner's alone again.
    shared_with = models.ForeignKey(
        "accounts.Team",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared with"),
    )
    name_key = sort_key("name")

    objects = DashboardQuerySet.as_manager()

    class Meta:
        verbose_name = _("dashboard")
        verbose_name_plural = _("dashboards")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="dashboard_named"),
            models.UniqueConstraint(fields=["owner", "name_key"], name="dashboard_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Card(models.Model):
    """A question on a dashboard: its words and its address as they were when it was put there."""

    dashboard = models.ForeignKey(
        Dashboard, models.CASCADE, related_name="cards", verbose_name=_("dashboard")
    )
    title = models.CharField(_("title"), max_length=60)
    query = models.CharField(_("question"), max_length=6000)
    position = models.PositiveSmallIntegerField(_("position"))
    is_wide = models.BooleanField(_("over the whole width"), default=False)

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dashboard", "position"],
                name="card_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=~Q(title=""), name="card_titled"),
        ]

    def __str__(self) -> str:
        return self.title


class Rhythm(models.TextChoices):
    """How often a question comes by mail."""

    DAILY = "daily", _("every working day")
    WEEKLY = "weekly", _("every Monday")
    MONTHLY = "monthly", _("on the first of the month")


class MailedQuestionQuerySet(models.QuerySet["MailedQuestion"]):
    """The words we use to talk about many of them."""

    def visible_to(self, user: "User") -> "Self":
        """One's own."""
        return self.filter(user=user)

    def editable_by(self, user: "User") -> "Self":
        """One's own."""
        return self.filter(user=user)

    def due(self, now: datetime) -> "Self":
        """Those whose moment has come, to readers who can still log in."""
        return self.filter(due_at__lte=now, user__is_active=True)


class MailedQuestion(models.Model):
    """A kept question that its reader gets by mail, as a table under the reader's own rights.

    Whoever sends moves `due_at` on first: of two workers one sends, and one that dies leaves a mail too few.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("reader"), db_index=False
    )
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+", verbose_name=_("question"))
    rhythm = models.CharField(_("how often"), max_length=7, choices=Rhythm)
    due_at = models.DateTimeField(_("due at"))
    sent_at = models.DateTimeField(_("last sent at"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=200, blank=True)

    objects = MailedQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question by mail")
        verbose_name_plural = _("questions by mail")
        constraints = [
            models.UniqueConstraint(fields=["user", "view"], name="mailed_question_once"),
            models.CheckConstraint(
                condition=Q(rhythm__in=Rhythm.values), name="mailed_question_rhythm_known"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="mailed_question_due")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.view_id}"
