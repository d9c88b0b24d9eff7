"""How far earlier deals had come, as it stands beside the funnel."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.money import currency_field


class EarlierReach(models.Model):
    """How far the deals of the twelve months before the rolling year had come when it began.

    One row for each who opened deals, in each team: a team or everyone is the sum of them. A deal won by then
    has the stage WON. Recomputed whole.
    """

    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner at opening")
    )
    team = models.ForeignKey(
        "accounts.Team", models.CASCADE, related_name="+", verbose_name=_("team at opening")
    )
    starts_on = models.DateField(_("starts on"))
    stage = models.PositiveSmallIntegerField(_("furthest stage"))
    currency = currency_field()
    deals = models.PositiveIntegerField(_("deals"))
    # A sum of values has room for more than one of them.
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)

    class Meta:
        verbose_name = _("reach of earlier deals")
        verbose_name_plural = _("reaches of earlier deals")
        constraints = [
            models.UniqueConstraint(
                fields=["rep", "team", "starts_on", "stage", "currency"], name="earlier_reach_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rep_id}/{self.team_id} {self.starts_on} {self.stage}"
