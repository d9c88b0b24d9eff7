"""The review of past forecasts: what was foretold beside what came; the worker replaces it whole."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.audit import audited
from pipeline.models import Stage
from reporting.models.forecast import ForecastDiary

if TYPE_CHECKING:
    from typing import Self

    from reporting.figures import Scope


@audited()
class StageWeight(models.Model):
    """The chance of a stage typed by hand, as many companies use it; only the review reads it, to compare."""

    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage, primary_key=True)
    percent = models.PositiveSmallIntegerField(_("chance in per cent"), validators=[MaxValueValidator(100)])

    class Meta:
        verbose_name = _("chance of a stage typed by hand")
        verbose_name_plural = _("chances of stages typed by hand")
        ordering = ["stage"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values, percent__lte=100), name="stage_weight_is_a_share"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.percent} %"


class ForecastReview(models.Model):
    """One computation of the review: of how many months, kept and recomputed."""

    as_of = models.DateTimeField(_("as of"))
    kept = models.PositiveIntegerField(_("forecasts from the diary"))
    recomputed = models.PositiveIntegerField(_("forecasts recomputed"))
    seconds = models.FloatField(_("seconds"))

    class Meta:
        verbose_name = _("review of the forecasts")
        verbose_name_plural = _("reviews of the forecasts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.as_of)


class Source(models.TextChoices):
    """Where a forecast of the past comes from."""

    KEPT = "kept", _("from the diary")
    RECOMPUTED = "again", _("recomputed from what had happened by then")


class ReviewQuerySet(models.QuerySet):
    """The words we use to talk about many lines of the review at once."""

    def of_scope(self, scope: "Scope") -> "Self":
        """Those of everyone, a team or a rep."""
        return self.filter(rep=scope.rep_id, team=scope.team_id)


class _Scoped(models.Model):
    """Of everyone, a team or a rep; of the forecast made on a day."""

    source = models.CharField(_("source"), max_length=5, choices=Source)
    made_on = models.DateField(_("made on"))
    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("rep")
    )
    team = models.ForeignKey(
        "accounts.Team", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        abstract = True


class ForecastCheck(_Scoped):
    """One figure of a month that is over: what was foretold, what came, what simple methods said."""

    basis = models.CharField(_("covers"), max_length=6, choices=ForecastDiary.Basis)
    measure = models.CharField(_("measure"), max_length=7, choices=ForecastDiary.Measure)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    month = models.DateField(_("month"))
    ahead = models.PositiveSmallIntegerField(_("months ahead"))
    expected = models.FloatField(_("expected"))
    q05 = models.FloatField()
    q25 = models.FloatField()
    q50 = models.FloatField()
    q75 = models.FloatField()
    q95 = models.FloatField()
    came = models.FloatField(_("came"))
    by_weights = models.FloatField(_("by stage weights"), null=True)
    by_rate = models.FloatField(_("by rate times stock"), null=True)
    by_year = models.FloatField(_("by last year's same month"), null=True)

    class Meta:
        verbose_name = _("figure of a past forecast")
        verbose_name_plural = _("figures of past forecasts")
        constraints = [
            models.UniqueConstraint(
                fields=["rep", "team", "source", "basis", "measure", "currency", "made_on", "month"],
                nulls_distinct=False,
                name="forecast_check_once",
            ),
            models.CheckConstraint(condition=Q(rep=None) | Q(team=None), name="forecast_check_one_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.made_on} {self.basis} {self.month} {self.measure}"


class ChanceCheck(_Scoped):
    """Open deals whose chances to be won within a quarter lay in one tenth, and how many of them were."""

    tenth = models.PositiveSmallIntegerField(_("tenth"))
    deals = models.PositiveIntegerField(_("deals"))
    expected = models.FloatField(_("expected wins"))
    won = models.PositiveIntegerField(_("won"))

    class Meta:
        verbose_name = _("chances of a past forecast")
        verbose_name_plural = _("chances of past forecasts")
        constraints = [
            models.UniqueConstraint(
                fields=["rep", "team", "source", "made_on", "tenth"],
                nulls_distinct=False,
                name="chance_check_once",
            ),
            models.CheckConstraint(condition=Q(rep=None) | Q(team=None), name="chance_check_one_scope"),
            models.CheckConstraint(
                condition=Q(tenth__lte=9, won__lte=models.F("deals")), name="chance_check_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made_on} {self.tenth}"
