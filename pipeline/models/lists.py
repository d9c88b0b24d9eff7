"""What users remember of their lists."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ListColumns(models.Model):
    """The columns a user chose for the list of deals, until they choose others."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="deal_columns",
        verbose_name=_("user"),
    )
    # As the address says them: names with commas between, all from `pipeline.deal_columns`.
    names = models.CharField(_("columns"), max_length=300)

    class Meta:
        verbose_name = _("columns of the list of deals")
        verbose_name_plural = _("columns of the list of deals")

    def __str__(self) -> str:
        return self.names
