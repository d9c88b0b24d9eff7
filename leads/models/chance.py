"""What was learned of past leads, night by night, and the chance of each open one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leads.models.lead import Lead


class ChanceModelQuerySet(models.QuerySet["ChanceModel"]):
    """The words we use to talk about many nights at once."""

    def latest_one(self) -> "ChanceModel | None":
        """What was learned last."""
        return self.order_by("-pk").first()


class ChanceModel(models.Model):
    """What one night learned: weights of words, their calibration, and how good it was on newer leads.

    While there are too few decided leads there are no weights, and no chance is stated. `quality` holds AUC,
    Brier scores and the bands of the calibration, counted on leads that came after those it learned from.
    """

    learned_at = models.DateTimeField(_("learned at"))
    cases = models.PositiveIntegerField(_("decided leads"))
    won = models.PositiveIntegerField(_("of them won"))
    base = models.FloatField(null=True)
    weights = models.JSONField(default=dict, db_default={})
    slope = models.FloatField(null=True)
    shift = models.FloatField(null=True)
    quality = models.JSONField(default=dict, db_default={})

    objects = ChanceModelQuerySet.as_manager()

    class Meta:
        verbose_name = _("what past leads taught")
        verbose_name_plural = _("what past leads taught")
        constraints = [
            models.CheckConstraint(
                condition=Q(base=None, slope=None, shift=None)
                | Q(base__isnull=False, slope__isnull=False, shift__isnull=False),
                name="chance_model_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.learned_at:%Y-%m-%d}: {self.won}/{self.cases}"

    @property
    def is_on(self) -> bool:
        """Whether it states chances."""
        return self.base is not None


class LeadChance(models.Model):
    """The chance that an open lead becomes a won deal, as one night's model states it, and why.

    `reasons` are the words that moved it most, each with what it added to the log odds.
    """

    lead = models.OneToOneField(Lead, models.CASCADE, primary_key=True, related_name="learned")
    model = models.ForeignKey(ChanceModel, models.CASCADE, related_name="chances")
    chance = models.FloatField(_("chance to win"))
    reasons = models.JSONField(default=list, db_default=[])

    class Meta:
        verbose_name = _("chance of a lead")
        verbose_name_plural = _("chances of leads")
        constraints = [
            models.CheckConstraint(condition=Q(chance__gte=0, chance__lte=1), name="lead_chance_is_a_share")
        ]

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.chance:.2f}"
