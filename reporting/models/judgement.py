"""What managers say of deals by hand: committed or excluded, with a reason; judged later by what comes."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typing import Self

    from reporting.figures import Scope


class DealJudgementQuerySet(models.QuerySet["DealJudgement"]):
    """The words we use to talk about many judgements at once."""

    def current(self) -> "Self":
        """The last one of each deal, where it was not taken back."""
        later = DealJudgement.objects.filter(deal=OuterRef("deal"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later)).exclude(stance=DealJudgement.Stance.NONE)

    def of_scope(self, scope: "Scope") -> "Self":
        """Those that count to everyone, a team or a rep, as the deal belonged to them then."""
        if scope.rep_id:
            return self.filter(owner=scope.rep_id)
        return self.filter(team=scope.team_id) if scope.team_id else self


class DealJudgement(models.Model):
    """One judgement of a deal; only ever added, the last one holds. `chance` is the computed one of then."""

    class Stance(models.TextChoices):
        """What the manager says."""

        COMMITTED = "committed", _("committed: it will be won")
        EXCLUDED = "excluded", _("excluded: do not count on it")
        NONE = "none", _("no judgement: the computed chance holds")

    deal = models.ForeignKey(
        "pipeline.Deal", models.PROTECT, related_name="judgements", verbose_name=_("deal")
    )
    stance = models.CharField(_("judgement"), max_length=9, choices=Stance)
    reason = models.CharField(_("reason"), max_length=300)
    chance = models.FloatField(_("computed chance at that time"), null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner at that time")
    )
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="+", verbose_name=_("team"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), db_default=Now())

    objects = DealJudgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("judgement of a deal")
        verbose_name_plural = _("judgements of deals")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stance__in=["committed", "excluded", "none"]), name="deal_judgement_known"
            ),
            models.CheckConstraint(
                condition=Q(chance=None) | Q(chance__gte=0, chance__lte=1), name="deal_judgement_chance"
            ),
        ]
        indexes = [models.Index(fields=["deal", "-id"], name="deal_judgement_last")]
        triggers = [
            # The reason may hold a name and is blanked by erasure.
            pgtrigger.ReadOnly(name="deal_judgement_is_history", exclude=["reason"]),
            pgtrigger.Protect(name="deal_judgement_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.stance}"
