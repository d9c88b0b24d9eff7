"""What is computed from the history of deals: projections and figures."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.money import amount_field, currency_field
from pipeline.models import LossReason, Outcome

if TYPE_CHECKING:
    from typing import Self

    from reporting.periods import Period

OFFER_DELIVERED = 0
"""Stands where a stage stands, for the clock that starts with the delivered offer."""
WON = 6
"""Stands behind the last stage: the target of moving on from Abschluss."""

_STARTS = Q(stage__gte=OFFER_DELIVERED, stage__lt=WON)


class StageEntryQuerySet(models.QuerySet["StageEntry"]):
    """The words we use to talk about many entries at once."""

    def entered_in(self, period: "Period") -> "Self":
        """The cohort of a period: first entries into a stage."""
        entries = self.filter(entered_at__gte=period.begins_at)
        return entries.filter(entered_at__lt=period.ends_before) if period.ends_before else entries


class StageEntry(models.Model):
    """The clock of a deal in a stage: from its first entry, credited as at entry, to its ending.

    `..._at` are the moments from the entry on at which it first stood in that stage or a later one, `won_at`
    coming after all. Only what came before the first loss (`lost_at`) is here: a loss ends what still runs.
    Stage OFFER_DELIVERED is the clock from the delivered offer to the win.
    """

    deal = models.ForeignKey(
        "pipeline.Deal", models.CASCADE, related_name="stage_entries", verbose_name=_("deal")
    )
    stage = models.PositiveSmallIntegerField(_("stage"))
    entered_at = models.DateTimeField(_("entered at"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner at entry")
    )
    team = models.ForeignKey(
        "accounts.Team", models.PROTECT, related_name="+", verbose_name=_("team at entry")
    )
    value = amount_field(_("value at entry"))
    currency = currency_field()
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ending = models.CharField(_("ending"), max_length=8, blank=True)
    moved_to = models.PositiveSmallIntegerField(_("moved on to"), null=True)
    kontakt_at = models.DateTimeField(null=True)
    angebot_at = models.DateTimeField(null=True)
    verhandlung_at = models.DateTimeField(null=True)
    abschluss_at = models.DateTimeField(null=True)
    won_at = models.DateTimeField(null=True)
    lost_at = models.DateTimeField(null=True)

    objects = StageEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry into a stage")
        verbose_name_plural = _("entries into stages")
        constraints = [
            models.UniqueConstraint(fields=["deal", "stage"], name="stage_entry_once"),
            models.CheckConstraint(condition=_STARTS, name="stage_entry_stage_known"),
            models.CheckConstraint(
                condition=Q(ending="", ended_at=None, moved_to=None)
                | Q(ending="moved_on", ended_at__isnull=False, moved_to__isnull=False)
                | Q(ending="lost", ended_at__isnull=False, moved_to=None),
                name="stage_entry_ending_whole",
            ),
        ]
        indexes = [
            # What totals add up lies in the index: a year of everyone's is read without the rows.
            models.Index(
                fields=["stage", "entered_at"],
                include=["ending", "currency", "value"],
                name="stage_entry_totals",
            ),
            models.Index(fields=["team", "stage", "entered_at"], name="stage_entry_team"),
            models.Index(fields=["owner", "stage", "entered_at"], name="stage_entry_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}/{self.stage}"


class DealStandingQuerySet(models.QuerySet["DealStanding"]):
    """The words we use to talk about many standings at once."""

    def opened_in(self, period: "Period") -> "Self":
        """Deals begun in a period: those of the funnel picture."""
        return self._within("opened_at", period)

    def lost_in(self, period: "Period") -> "Self":
        """Deals lost in a period, and still lost."""
        return self.filter(outcome=Outcome.LOST)._within("closed_at", period)

    def won_in(self, period: "Period") -> "Self":
        """Deals won in a period, and still won."""
        return self.filter(outcome=Outcome.WON)._within("closed_at", period)

    def cover(self, period: "Period") -> bool:
        """Whether there were deals before the period, so that what is missing in it did not happen."""
        return self.filter(opened_at__lt=period.begins_at).exists()

    def _within(self, column: str, period: "Period") -> "Self":
        rows = self.filter(**{f"{column}__gte": period.begins_at})
        return rows.filter(**{f"{column}__lt": period.ends_before}) if period.ends_before else rows


class DealStanding(models.Model):
    """How far a deal has come, from its history: credited to those who opened it, its closing to those who
    closed it.
    """

    deal = models.OneToOneField(
        "pipeline.Deal", models.CASCADE, primary_key=True, related_name="standing", verbose_name=_("deal")
    )
    opened_at = models.DateTimeField(_("opened at"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner at opening")
    )
    team = models.ForeignKey(
        "accounts.Team", models.PROTECT, related_name="+", verbose_name=_("team at opening")
    )
    value = amount_field(_("value"))
    currency = currency_field()
    furthest = models.PositiveSmallIntegerField(_("furthest stage"))
    stands_in = models.PositiveSmallIntegerField(_("stands in"))
    outcome = models.CharField(_("outcome"), max_length=4, choices=Outcome)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("owner at closing"),
    )
    closing_team = models.ForeignKey(
        "accounts.Team", models.PROTECT, null=True, related_name="+", verbose_name=_("team at closing")
    )
    closing_value = amount_field(_("value at closing"), null=True)
    loss_reason = models.ForeignKey(
        LossReason, models.PROTECT, null=True, related_name="+", verbose_name=_("loss reason")
    )
    is_new_customer = models.BooleanField(_("won a new customer"), null=True)

    objects = DealStandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing of a deal")
        verbose_name_plural = _("standings of deals")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="open", closed_at=None, closer=None, closing_team=None)
                | (~Q(outcome="open") & Q(closed_at__isnull=False, closer__isnull=False)),
                name="deal_standing_closing_whole",
            ),
        ]
        indexes = [
            # As above.
            models.Index(
                fields=["opened_at"],
                include=["furthest", "outcome", "loss_reason", "is_new_customer", "currency", "value"],
                name="standing_opened_totals",
            ),
            models.Index(fields=["team", "opened_at"], name="standing_team"),
            models.Index(fields=["owner", "opened_at"], name="standing_owner"),
            models.Index(
                fields=["outcome", "closed_at"],
                include=["stands_in", "loss_reason", "is_new_customer", "currency", "closing_value"],
                name="standing_closed_totals",
            ),
            models.Index(fields=["closing_team", "closed_at"], name="standing_closing_team"),
            models.Index(fields=["closer", "closed_at"], name="standing_closer"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.furthest}"


class StageConversion(models.Model):
    """The Phasenquote: of what entered a stage in a period, how much moves on to a target; how sure that is.

    Scope: everyone (neither rep nor team), a team, a rep, or a rep within one team (both), so that the reps
    of a team add up to it. `people` counts those whose entries it is made of. `verdict` and `shrunk_rate`
    compare a rep with the team, a team with everyone. Recomputed whole, never counted up.
    """

    class Kind(models.TextChoices):
        """How long the period is."""

        ROLLING = "rolling12", _("12 months")
        QUARTER = "quarter", _("quarter")

    class Verdict(models.TextChoices):
        """Whether the rate can be told from that of the others."""

        ABOVE = "above", _("above")
        BELOW = "below", _("below")
        INDISTINGUISHABLE = "indistinguishable", _("not distinguishable")
        TOO_FEW = "too_few", _("too few cases")

    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("rep")
    )
    team = models.ForeignKey(
        "accounts.Team", models.CASCADE, null=True, related_name="+", verbose_name=_("team")
    )
    period = models.CharField(_("period"), max_length=9, choices=Kind)
    starts_on = models.DateField(_("starts on"))
    stage = models.PositiveSmallIntegerField(_("stage"))
    target = models.PositiveSmallIntegerField(_("target"))
    as_of = models.DateTimeField(_("as of"))
    people = models.PositiveIntegerField(_("people"))
    entered = models.PositiveIntegerField(_("entered"))
    moved_on = models.PositiveIntegerField(_("moved on"))
    lost = models.PositiveIntegerField(_("lost"))
    still_open = models.PositiveIntegerField(_("still open"))
    rate = models.FloatField(_("rate"))
    low = models.FloatField(_("low"))
    high = models.FloatField(_("high"))
    rate_within_90_days = models.FloatField(_("rate within 90 days"), null=True)
    undecided_share = models.FloatField(_("undecided share"))
    median_days = models.FloatField(_("median days"), null=True)
    shrunk_rate = models.FloatField(_("rate drawn towards the others"), null=True)
    verdict = models.CharField(_("verdict"), max_length=17, choices=Verdict, blank=True)

    class Meta:
        verbose_name = _("stage conversion")
        verbose_name_plural = _("stage conversions")
        constraints = [
            models.UniqueConstraint(
                fields=["rep", "team", "period", "starts_on", "stage", "target"],
                nulls_distinct=False,
                name="stage_conversion_once",
            ),
            models.CheckConstraint(condition=_STARTS, name="stage_conversion_stage_known"),
            models.CheckConstraint(
                condition=Q(period__in=["rolling12", "quarter"]), name="stage_conversion_period_known"
            ),
        ]
        indexes = [
            models.Index(fields=["period", "starts_on", "stage"], name="stage_conversion_period"),
        ]

    def __str__(self) -> str:
        return f"{self.rep_id}/{self.team_id} {self.period} {self.starts_on} {self.stage}>{self.target}"
