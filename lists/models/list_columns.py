"""Which columns users see in their lists."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lists.models.saved_view import ViewPage


class ListColumns(models.Model):
    """The columns a user chose for a list, until they choose others."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="list_columns",
        verbose_name=_("user"),
        db_index=False,
    )
    page = models.CharField(_("page"), max_length=9, choices=ViewPage)
    # As the address says them: names with commas between, all known to the list.
    names = models.CharField(_("columns"), max_length=2000)

    class Meta:
        verbose_name = _("columns of a list")
        verbose_name_plural = _("columns of lists")
        constraints = [
            models.UniqueConstraint(fields=["user", "page"], name="list_columns_once"),
            models.CheckConstraint(
                condition=Q(page__in=ViewPage.values),
                name="list_columns_page_known",
            ),
        ]

    def __str__(self) -> str:
        return self.names
