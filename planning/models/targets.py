"""What is to be reached: sales targets (Ziele, Soll) of teams and reps, month by month."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Floor
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from core.audit import audited
from core.money import amount_field
from pipeline.models import Stage

if TYPE_CHECKING:
    from typing import Self

# The only setting of PER_REP_FIGURES under which there are figures of persons, and so targets for them.
FIGURES_OF_PERSONS = "self_and_manager"


class Measure(models.TextChoices):
    """What is counted beside a target."""

    REVENUE = "revenue", _("Order intake")
    WON = "won", _("Deals won")
    OFFERS = "offers", _("Offers delivered")
    APPOINTMENTS = "appointments", _("Appointments held")
    ENTRIES = "entries", _("Entries into a stage")


@dataclass(frozen=True, slots=True)
class Line:
    """What a target is of: a measure, with its stage or its currency where it has one."""

    measure: Measure
    stage: int | None = None
    currency: str = ""

    @property
    def key(self) -> str:
        """How forms and addresses name it: `revenue-EUR`, `won`, `entries-3`."""
        detail = self.currency or self.stage
        return f"{self.measure}-{detail}" if detail else str(self.measure)

    @property
    def is_money(self) -> bool:
        """Amounts of a currency; everything else is whole numbers."""
        return self.measure == Measure.REVENUE


def usual_lines() -> list[Line]:
    """What every company may plan, in the order of a table."""
    counted = [Line(measure) for measure in (Measure.WON, Measure.OFFERS, Measure.APPOINTMENTS)]
    entries = [Line(Measure.ENTRIES, stage=stage.value) for stage in Stage]
    return [Line(Measure.REVENUE, currency=settings.DEFAULT_CURRENCY), *counted, *entries]


@dataclass(frozen=True, slots=True)
class Planned:
    """Whose targets: those of a rep or those of a team."""

    row: User | Team

    @property
    def rep(self) -> User | None:
        """The rep, if it is one."""
        return self.row if isinstance(self.row, User) else None

    @property
    def team(self) -> Team | None:
        """The team, if it is one."""
        return self.row if isinstance(self.row, Team) else None

    @property
    def code(self) -> str:
        """How addresses name it: `team-3`, `rep-7`."""
        return f"{'rep' if self.rep else 'team'}-{self.row.pk}"


class SalesTargetQuerySet(models.QuerySet["SalesTarget"]):
    """The words we use to talk about many targets at once."""

    def of(self, planned: Planned) -> "Self":
        """Those of one rep or team."""
        return self.filter(rep=planned.rep, team=planned.team)

    def in_year(self, year: int) -> "Self":
        """Those of the twelve months of a year."""
        return self.filter(month__gte=date(year, 1, 1), month__lte=date(year, 12, 1))

    def editable_by(self, user: User) -> "Self":
        """Those of the led teams and of the reps in them; all for admins."""
        return self.filter(Q(team__in=teams_planned_by(user)) | Q(rep__in=reps_planned_by(user)))


def teams_planned_by(user: User) -> models.QuerySet[Team]:
    """The teams whose targets this user sets: those a manager leads, every one for an admin."""
    return Team.objects.led_by(user).filter(is_unassigned=False)


def reps_planned_by(user: User) -> models.QuerySet[User]:
    """The users whose targets this user sets; nobody where no figures of persons are shown."""
    if settings.PER_REP_FIGURES != FIGURES_OF_PERSONS:
        return User.objects.none()
    return User.objects.filter(team__in=Team.objects.led_by(user).values("pk"))


def is_planned_by(planned: Planned, user: User) -> bool:
    """Whether this user sets the targets of a rep or a team."""
    rows: models.QuerySet = reps_planned_by(user) if planned.rep else teams_planned_by(user)
    return rows.filter(pk=planned.row.pk).exists()


@audited()
class SalesTarget(models.Model):
    """What a rep or a team is to reach in a month: so much order intake, so many deals won, offers, ..."""

    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("rep"),
    )
    team = models.ForeignKey(
        "accounts.Team", models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("team")
    )
    month = models.DateField(_("month"), help_text=_("Its first day."))
    measure = models.CharField(_("measure"), max_length=12, choices=Measure)
    stage = models.PositiveSmallIntegerField(_("stage"), null=True, blank=True, choices=Stage)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    amount = amount_field(_("target"))

    objects = SalesTargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("sales target")
        verbose_name_plural = _("sales targets")
        constraints = [
            models.CheckConstraint(
                condition=Q(rep=None, team__isnull=False) | Q(rep__isnull=False, team=None),
                name="sales_target_of_rep_or_team",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="sales_target_month_by_its_first_day"),
            models.CheckConstraint(
                condition=Q(measure="revenue", currency__regex="^[A-Z]{3}$", stage=None)
                | Q(measure="entries", currency="", stage__isnull=False, stage__in=Stage.values)
                | Q(measure__in=["won", "offers", "appointments"], currency="", stage=None),
                name="sales_target_details_of_its_measure",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & (Q(measure="revenue") | Q(amount=Floor(F("amount")))),
                name="sales_target_amount_positive",
            ),
            # A missing rep, team or stage is a value like any other.
            models.UniqueConstraint(
                fields=["team", "rep", "month", "measure", "stage", "currency"],
                nulls_distinct=False,
                name="sales_target_once",
            ),
        ]
        indexes = [
            models.Index(fields=["rep", "month"], name="sales_target_rep", condition=Q(rep__isnull=False)),
            models.Index(fields=["team", "month"], name="sales_target_team", condition=Q(team__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.rep or self.team}, {self.month:%Y-%m}: {self.get_measure_display()}"

    @property
    def line(self) -> Line:
        """What it is a target of."""
        return Line(Measure(self.measure), self.stage, self.currency)

    @property
    def land(self) -> str:
        """Whose public holidays are free for the rep or the team; empty: the site's."""
        return self.rep.works_in if self.rep else getattr(self.team, "land", "")
