"""Where business comes from: sources."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.audit import audited


@audited()
class Source(models.Model):
    """Where a lead or a deal came from: web form, fair, recommendation, cold call ..."""

    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="source_name_once",
                violation_error_message=_("There is a source of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
