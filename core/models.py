"""The outbox: events that happened and the deliveries that follow from them; long work; signs of life."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


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


class JobQuerySet(models.QuerySet["Job"]):
    """The words we use to talk about many jobs at once."""

    def visible_to(self, user: "User") -> "Self":
        """One's own; all for admins."""
        return self if user.is_admin else self.filter(actor=user)

    def editable_by(self, user: "User") -> "Self":
        """Who sees a job may stop it."""
        return self.visible_to(user)


class Job(models.Model):
    """Long work that someone asked for: what it is, how far it is, and what became of it (core.jobs)."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", pgettext_lazy("job", "done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", pgettext_lazy("job", "cancelled")

    kind = models.CharField(_("kind"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("actor"),
    )
    # Keys and switches, no personal data: jobs are kept longer than what they were about.
    params = models.JSONField(_("parameters"), default=dict)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    message = models.CharField(_("message"), max_length=500, blank=True)
    result = models.JSONField(_("result"), default=dict)
    # Where its result is looked at.
    url = models.CharField(_("address"), max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    cancel_requested_at = models.DateTimeField(_("cancellation wished at"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at=None)
                | Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False),
                name="job_finished_or_not",
            ),
        ]
        indexes = [
            models.Index(
                fields=["heartbeat_at"], name="job_unfinished", condition=Q(state__in=["waiting", "running"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_unfinished(self) -> bool:
        """Whether something can still come of it."""
        return self.finished_at is None

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return min(self.done / self.total, 1) if self.total else 0


class Heartbeat(models.Model):
    """When a background process was last seen alive: `worker`, `beat`, `relay`."""

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self) -> str:
        return self.name
