"""Counters that numbers are drawn from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NumberCounter(models.Model):
    """The last number drawn of a kind in a year; its row is locked while one is drawn."""

    class Kind(models.TextChoices):
        """What is numbered."""

        OFFER = "offer", _("Offers")
        ORDER = "order", _("Orders")

    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("number counter")
        verbose_name_plural = _("number counters")
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="number_counter_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["offer", "order"]), name="number_counter_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"
