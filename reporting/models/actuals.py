"""What was reached in a month, as it stands beside targets."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.models import Line, Measure


class MonthActual(models.Model):
    """What everyone (neither rep nor team), a team or a rep reached in a month (Ist). Recomputed whole.

    Credited to owner and team at the moment: of the win, of the entry, of the appointment. `people` counts
    those it is made of. Where there is no row, there was nothing.
    """

    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("rep")
    )
    team = models.ForeignKey(
        "accounts.Team", models.CASCADE, null=True, related_name="+", verbose_name=_("team")
    )
    month = models.DateField(_("month"))
    measure = models.CharField(_("measure"), max_length=12, choices=Measure)
    stage = models.PositiveSmallIntegerField(_("stage"), null=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    # A sum of totals has room for more than one of them.
    amount = models.DecimalField(_("reached"), max_digits=18, decimal_places=2)
    people = models.PositiveIntegerField(_("people"))
    as_of = models.DateTimeField(_("as of"))

    class Meta:
        verbose_name = _("actual of a month")
        verbose_name_plural = _("actuals of months")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "measure", "stage", "currency", "team", "rep"],
                nulls_distinct=False,
                name="month_actual_once",
            ),
            models.CheckConstraint(
                condition=Q(rep=None) | Q(team=None), name="month_actual_of_rep_or_team_or_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rep_id}/{self.team_id} {self.month:%Y-%m} {self.measure}"

    @property
    def line(self) -> Line:
        """What was counted."""
        return Line(Measure(self.measure), self.stage, self.currency)
