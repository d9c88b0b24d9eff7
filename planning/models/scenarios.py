"""Scenarios of the Trichterrechner: named assumptions about a target, in versions that stay as they were."""

from typing import TYPE_CHECKING, Final

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.audit import audited
from core.money import amount_field
from planning.models.targets import (
    FIGURES_OF_PERSONS,
    Planned,
    is_planned_by,
    reps_planned_by,
    teams_planned_by,
)

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

LEVERS: Final = ("worth", "offer", "contact", "begin", "lead", "speed")
"""What can be turned in a scenario, in percent of what is measured."""
LEAST_TURN: Final = -50
MOST_TURN: Final = 100


class Goal(models.TextChoices):
    """What a scenario aims at."""

    REVENUE = "revenue", _("Order intake")
    CUSTOMERS = "customers", _("New customers")


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """The words we use to talk about many scenarios at once."""

    def current(self) -> "Self":
        """Without those put away."""
        return self.filter(archived_at=None)

    def visible_to(self, user: "User") -> "Self":
        """Those of the teams and reps whose targets the user sets, and a rep's own."""
        own = Q(rep=user) if settings.PER_REP_FIGURES == FIGURES_OF_PERSONS else Q(pk__in=[])
        return self.filter(Q(team__in=teams_planned_by(user)) | Q(rep__in=reps_planned_by(user)) | own)

    def editable_by(self, user: "User") -> "Self":
        """The same: whoever may see a scenario may go on with it; its earlier versions stay."""
        return self.visible_to(user)

    def of(self, planned: Planned) -> "Self":
        """Those of one rep or team."""
        return self.filter(rep=planned.rep, team=planned.team)


@audited()
class Scenario(models.Model):
    """A plan for a rep or a team under a name; what it assumes stands in its versions."""

    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="scenarios",
        verbose_name=_("rep"),
    )
    team = models.ForeignKey(
        "accounts.Team",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="scenarios",
        verbose_name=_("team"),
    )
    name = models.CharField(_("name"), max_length=80)
    archived_at = models.DateTimeField(_("put away at"), null=True, blank=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rep=None, team__isnull=False) | Q(rep__isnull=False, team=None),
                name="scenario_of_rep_or_team",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="scenario_has_a_name"),
            models.UniqueConstraint(
                fields=["team", "rep", "name"],
                condition=Q(archived_at=None),
                nulls_distinct=False,
                name="scenario_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def planned(self) -> Planned:
        """Whose it is."""
        return Planned(self.rep or self.team)  # type: ignore[arg-type]

    def sets_targets_of(self, user: "User") -> bool:
        """Whether this user may make its numbers the targets."""
        return is_planned_by(self.planned, user)

    def get_absolute_url(self) -> str:
        """Its page: the calculator with what its last version assumes."""
        return reverse("reporting:scenario_detail", args=[self.pk])


class ScenarioVersion(models.Model):
    """What a scenario assumed at a moment, and what came of it then. Only added."""

    scenario = models.ForeignKey(
        Scenario, models.PROTECT, related_name="versions", verbose_name=_("scenario")
    )
    number = models.PositiveIntegerField(_("version"))
    goal = models.CharField(_("goal"), max_length=9, choices=Goal)
    amount = amount_field(_("target"))
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    period = models.CharField(_("period"), max_length=7)
    levers = models.JSONField(_("levers"), default=dict, blank=True)
    # By level: for the whole target, and what was missing; as it was reckoned with the figures of that day.
    needed = models.JSONField(_("needed"), default=dict, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by")
    )
    made_at = models.DateTimeField(_("saved at"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a scenario")
        verbose_name_plural = _("versions of scenarios")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "number"], name="scenario_version_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="scenario_amount_positive"),
            models.CheckConstraint(
                condition=Q(goal="revenue", currency__regex="^[A-Z]{3}$") | Q(goal="customers", currency=""),
                name="scenario_currency_of_its_goal",
            ),
            models.CheckConstraint(
                condition=Q(period__regex=r"^\d{4}(-(q[1-4]|0[1-9]|1[0-2]))?$"), name="scenario_period_known"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="scenario_version_is_history"),
            pgtrigger.Protect(name="scenario_version_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id}/{self.number}"
