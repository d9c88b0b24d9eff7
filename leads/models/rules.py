"""Who gets a lead: rules in order, how much each rep takes, whose turn it is; and what counts as late."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.audit import audited
from leads.models.condition import LeadCondition
from leads.models.words import Direction


@audited()
class LeadSetting(models.Model):
    """What a company promises those who ask, and when a lead counts as forgotten; there is one row."""

    answer_minutes = models.PositiveIntegerField(
        _("answer within (minutes of working hours)"),
        default=240,
        help_text=_("An inquiry that nobody answered until then stands on top of the inbox."),
    )
    reassign_minutes = models.PositiveIntegerField(
        _("give to somebody else after (minutes of working hours)"),
        null=True,
        blank=True,
        default=960,
        help_text=_("Counted from the moment a rep got it by a rule; empty: never."),
    )
    most_reassigned = models.PositiveSmallIntegerField(_("so many times, then to the manager"), default=1)
    stale_days = models.PositiveSmallIntegerField(
        _("forgotten after (days without touch and next step)"), default=14
    )

    class Meta:
        verbose_name = _("settings of leads")
        verbose_name_plural = _("settings of leads")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="lead_setting_is_one")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "LeadSetting":
        """The row; the defaults as long as nobody saved any."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


@audited()
class AssignmentRule(LeadCondition):
    """A rule that gives leads to a rep or a team; the first one in order whose conditions all fit decides.

    Its conditions are those of `LeadCondition`.
    """

    class Way(models.TextChoices):
        """To whom."""

        OWNER = "owner", _("who is in charge of the company already")
        REP = "rep", _("this rep")
        TURN = "turn", _("the team, in turn")
        LOAD = "load", _("the team, who has the fewest open leads")
        TEAM = "team", _("the team; somebody takes it")

    position = models.PositiveSmallIntegerField(_("position"), default=100)
    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("in use"), default=True)

    way = models.CharField(_("goes to"), max_length=5, choices=Way, default=Way.TURN)
    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("rep"),
    )
    team = models.ForeignKey(
        "accounts.Team", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team")
    )

    class Meta:
        verbose_name = _("assignment rule")
        verbose_name_plural = _("assignment rules")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="owner")
                | Q(way="rep", rep__isnull=False)
                | Q(way__in=["turn", "load", "team"], team__isnull=False),
                name="assignment_rule_leads_to_someone",
                violation_error_message=_("Please choose the rep or the team it goes to."),
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["", *Direction.values]), name="assignment_rule_direction_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class LeadCapacity(models.Model):
    """How many open leads a rep takes by rules; without a row as many as come."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="lead_capacity", verbose_name=_("rep")
    )
    most_open = models.PositiveIntegerField(
        _("open leads at most"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    is_receiving = models.BooleanField(_("gets leads by rules"), default=True)

    class Meta:
        verbose_name = _("capacity for leads")
        verbose_name_plural = _("capacities for leads")
        ordering = ["user"]

    def __str__(self) -> str:
        return str(self.user)


class TeamTurn(models.Model):
    """Who of a team got a lead last in turn; locked while the next one is found."""

    team = models.OneToOneField("accounts.Team", models.CASCADE, related_name="lead_turn")
    last = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("whose turn it is")
        verbose_name_plural = _("whose turn it is")

    def __str__(self) -> str:
        return f"{self.team}: {self.last or '–'}"
