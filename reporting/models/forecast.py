"""The diary of the forecast: what was foretold every night, and what is expected of each open deal."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.money import amount_field, currency_field

if TYPE_CHECKING:
    from typing import Self

    from reporting.figures import Scope


class ForecastRun(models.Model):
    """The forecast of one day: when it was made, and what it rests on. Kept for good."""

    made_on = models.DateField(_("made on"), unique=True)
    as_of = models.DateTimeField(_("as of"))
    open_deals = models.PositiveIntegerField(_("open deals"))
    open_offers = models.PositiveIntegerField(_("open offers"))
    wins_learned = models.PositiveIntegerField(_("wins learned from"))
    seconds = models.FloatField(_("seconds"))
    # Computed later, from what was known on that day; the nightly ones were not.
    is_recomputed = models.BooleanField(_("recomputed later"), default=False)

    class Meta:
        verbose_name = _("forecast")
        verbose_name_plural = _("forecasts")
        ordering = ["-made_on"]

    def __str__(self) -> str:
        return str(self.made_on)


class ForecastDiaryQuerySet(models.QuerySet["ForecastDiary"]):
    """The words we use to talk about many lines of the diary at once."""

    def of_scope(self, scope: "Scope") -> "Self":
        """Those of everyone, a team or a rep."""
        return self.filter(rep=scope.rep_id, team=scope.team_id)


class ForecastDiary(models.Model):
    """One figure foretold: its expected value and its quantiles; without a month: within two years."""

    class Basis(models.TextChoices):
        """What the figure covers."""

        OPEN = "open", _("today's open deals")
        TOTAL = "total", _("with expected inflow")
        OFFERS = "offers", _("open offers")

    class Measure(models.TextChoices):
        """What is counted."""

        WINS = "wins", _("deals won")
        NEW = "new", _("new customers")
        REPEAT = "repeat", _("repeat customers")
        REVENUE = "revenue", _("revenue")

    run = models.ForeignKey(ForecastRun, models.CASCADE, related_name="lines", verbose_name=_("forecast"))
    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("rep")
    )
    team = models.ForeignKey(
        "accounts.Team", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    basis = models.CharField(_("covers"), max_length=6, choices=Basis)
    month = models.DateField(_("month"), null=True)
    measure = models.CharField(_("measure"), max_length=7, choices=Measure)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    expected = models.FloatField(_("expected"))
    q05 = models.FloatField()
    q25 = models.FloatField()
    q50 = models.FloatField()
    q75 = models.FloatField()
    q95 = models.FloatField()

    objects = ForecastDiaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the forecast diary")
        verbose_name_plural = _("forecast diary")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "rep", "team", "basis", "month", "measure", "currency"],
                nulls_distinct=False,
                name="forecast_diary_once",
            ),
            models.CheckConstraint(condition=Q(rep=None) | Q(team=None), name="forecast_diary_one_scope"),
            models.CheckConstraint(
                condition=Q(
                    q05__gte=0,
                    q25__gte=F("q05"),
                    q50__gte=F("q25"),
                    q75__gte=F("q50"),
                    q95__gte=F("q75"),
                ),
                name="forecast_diary_quantiles_ascend",
            ),
            models.CheckConstraint(
                condition=Q(measure="revenue") ^ Q(currency=""), name="forecast_diary_money_has_currency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.basis} {self.month} {self.measure}"


class DealChanceQuerySet(models.QuerySet["DealChance"]):
    """The words we use to talk about the chances of many deals at once."""

    def of_scope(self, scope: "Scope") -> "Self":
        """Those that count to everyone, a team or a rep."""
        if scope.rep_id:
            return self.filter(owner=scope.rep_id)
        return self.filter(team=scope.team_id) if scope.team_id else self

    def people(self) -> int:
        """How many persons they belong to."""
        return self.values("owner").distinct().count()


class DealChance(models.Model):
    """What the last forecast expects of a deal that was open then, and the reasons. Replaced every night."""

    deal = models.OneToOneField(
        "pipeline.Deal", models.CASCADE, primary_key=True, related_name="chance", verbose_name=_("deal")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner at that time")
    )
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", verbose_name=_("team"))
    stage = models.PositiveSmallIntegerField(_("stage"))
    age_days = models.PositiveIntegerField(_("days in the stage"))
    probability = models.FloatField(_("probability to be won"))
    expected_value = amount_field(_("expected value"))
    currency = currency_field()
    alike = models.PositiveIntegerField(_("past deals that stood there as long"))
    offer_days = models.PositiveIntegerField(_("days its offer has waited"), null=True)
    offer_probability = models.FloatField(_("chance by the age of the offer alone"), null=True)

    objects = DealChanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("chance of a deal")
        verbose_name_plural = _("chances of deals")
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1), name="deal_chance_is_a_share"
            )
        ]
        indexes = [
            models.Index(fields=["-expected_value", "-deal"], name="deal_chance_expected"),
            models.Index(fields=["team", "-expected_value", "-deal"], name="deal_chance_team"),
            models.Index(fields=["owner", "-expected_value", "-deal"], name="deal_chance_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.probability:.2f}"
