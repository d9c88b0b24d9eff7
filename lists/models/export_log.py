"""Who took which rows out as a file."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.rights import led_team_ids

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class Taken(models.TextChoices):
    """What can be taken out as a file; the first three are lists that keep views as well (ViewPage)."""

    LIST = "list", _("Deals")
    COMPANIES = "companies", _("Companies")
    PERSONS = "persons", _("People")
    ORDERS = "orders", _("Orders")
    OFFERS = "offers", _("Offers")
    LEADS = "leads", _("Leads")
    ACTIVITIES = "activities", _("Activities")
    POTENTIALS = "potentials", _("Potentials")
    EXPLORER = "explorer", _("Explore")
    PARTNERS = "partners", _("Partners")
    REJECTS = "rejects", _("Rejected rows of an import")
    DOSSIER = "dossier", _("Report on one person")


class ExportLogQuerySet(models.QuerySet["ExportLog"]):
    """Who may look at the log."""

    def visible_to(self, user: "User") -> "Self":
        """Everyone's for admins, those of the people they lead for managers; one's own for everybody."""
        if user.is_admin:
            return self.all()
        return self.filter(Q(by=user) | Q(by__team__in=led_team_ids(user)))


@pgtrigger.register(
    pgtrigger.Protect(name="export_log_is_history", operation=pgtrigger.Update | pgtrigger.Delete)
)
class ExportLog(models.Model):
    """A file that somebody took: of what, under which filter, how many rows; never changed."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="exports", verbose_name=_("by")
    )
    page = models.CharField(_("list"), max_length=10, choices=Taken)
    file_format = models.CharField(_("kind of file"), max_length=6)
    # As the reader of the list saw it, in words; empty for all rows.
    asked = models.CharField(_("filter"), max_length=1000, blank=True)
    is_selection = models.BooleanField(_("chosen rows only"), default=False)
    rows = models.PositiveIntegerField(pgettext_lazy("of a table", "rows"))
    at = models.DateTimeField(_("at"), db_default=TransactionNow())

    objects = ExportLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.CheckConstraint(condition=Q(page__in=[*Taken.values]), name="export_log_page_known")
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="export_log_newest"),
            models.Index(fields=["by", "-at"], name="export_log_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()} ({self.file_format}, {self.rows})"
