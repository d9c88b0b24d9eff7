"""What other parts of the product tell of a customer, for the timeline."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.linked import LinkedQuerySet, linked_constraint


class TimelineMark(models.Model):
    """Something that happened to a customer elsewhere: an import, an export, a permission. Only ever added.

    `code` names the sentence it is told in (activities/marks.py), `payload` what stands in it.
    """

    company = models.ForeignKey(
        "contacts.Company",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="timeline_marks",
        verbose_name=_("company"),
    )
    person = models.ForeignKey(
        "contacts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="timeline_marks",
        verbose_name=_("person"),
    )
    deal = models.ForeignKey(
        "pipeline.Deal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="timeline_marks",
        verbose_name=_("deal"),
    )
    code = models.CharField(_("code"), max_length=40)
    payload = models.JSONField(_("what stands in it"), default=dict, blank=True)
    url = models.CharField(_("address"), max_length=200, blank=True)
    at = models.DateTimeField(pgettext_lazy("moment", "at"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    objects = LinkedQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark on the timeline")
        verbose_name_plural = _("marks on the timeline")
        constraints = [
            linked_constraint("timeline_mark_linked"),
            models.CheckConstraint(condition=~models.Q(code=""), name="timeline_mark_code_given"),
        ]
        indexes = [
            models.Index(fields=["company", "-at", "-id"], name="timeline_mark_company"),
            models.Index(fields=["person", "-at", "-id"], name="timeline_mark_person"),
            models.Index(fields=["deal", "-at", "-id"], name="timeline_mark_deal"),
        ]
        triggers = [
            # Links move when customers are merged; what was told stays.
            pgtrigger.ReadOnly(name="timeline_mark_stays", fields=["code", "payload", "at", "actor"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.at:%Y-%m-%d}"
