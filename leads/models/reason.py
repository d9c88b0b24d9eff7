"""Why some leads come to nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.audit import audited
from core.languages import in_readers_language


@audited()
class DisqualifyReason(models.Model):
    """Why leads come to nothing; retired ones stay with the leads they explain."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label_de = models.CharField(_("label, German"), max_length=60)
    label_en = models.CharField(_("label, English"), max_length=60, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("reason for disqualifying")
        verbose_name_plural = _("reasons for disqualifying")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return in_readers_language(self.label_de, self.label_en)
