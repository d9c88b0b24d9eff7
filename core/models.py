"""The outbox: events that happened and the deliveries that follow from them; signs of life."""

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Something that happened, written in the transaction that made it happen.

    A log without foreign keys but the actor, and without personal data: `payload` holds ids, stages, amounts.
    """

    kind = models.CharField(_("kind"), max_length=60)
    subject_kind = models.CharField(_("subject"), max_length=60)
    subject_id = models.BigIntegerField(_("subject id"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("actor"),
    )
    payload = models.JSONField(_("payload"), default=dict)
    at = models.DateTimeField(_("at"), db_default=TransactionNow())

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["at"], name="event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind}-{self.subject_id}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """The words we use to talk about deliveries."""

    def waiting(self) -> "DeliveryQuerySet":
        """Neither done nor parked."""
        return self.filter(done_at=None, parked_at=None)

    def parked(self) -> "DeliveryQuerySet":
        """Given up after the last attempt; an admin has to look."""
        return self.exclude(parked_at=None)


class Delivery(models.Model):
    """One consequence of an event: the task that has to hear of it.

    The relay sets `published_at` when it hands the row to Celery, the task sets `done_at` when its work is
    committed. What is published but not done in time is published again; the third failure parks it.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries", verbose_name=_("event"))
    task = models.CharField(_("task"), max_length=100)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    parked_at = models.DateTimeField(_("parked at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["event", "task"], name="delivery_once_per_task"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(parked_at=None), name="delivery_done_or_parked"
            ),
        ]
        indexes = [
            models.Index(
                fields=["published_at", "id"],
                name="delivery_waiting",
                condition=Q(done_at=None, parked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.event_id})"


class Heartbeat(models.Model):
    """When a background process was last seen alive: `worker`, `beat`, `relay`."""

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self) -> str:
        return self.name
