"""The outbox at work: publishing deliveries to Celery, doing each once, parking what keeps failing."""

import functools
import logging
from collections.abc import Callable
from datetime import timedelta

from celery import Celery, Task, shared_task
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from core.models import Delivery, DeliveryQuerySet

logger = logging.getLogger(__name__)

ATTEMPTS = 3
# A delivery that is published but not done after this long is published again.
PATIENCE = timedelta(minutes=5)
BATCH = 200


def delivery_task(handle: Callable[[int], None]) -> Task:
    """Make a Celery task of a function that takes the id of an event.

    The task gets the id of a Delivery. It locks the row, so that a doubled message waits and then finds it
    done; a failure is counted on the row and the sweep tries again, the third failure parks it. The work
    and the mark "done" commit together.
    """
    name = f"{handle.__module__}.{handle.__name__}"

    @shared_task(name=name)
    @functools.wraps(handle)
    def run(delivery_id: int) -> None:
        try:
            with transaction.atomic():
                delivery = Delivery.objects.select_for_update().waiting().filter(pk=delivery_id).first()
                if delivery is None:
                    return
                handle(delivery.event_id)
                delivery.done_at = timezone.now()
                delivery.save(update_fields=["done_at"])
        except Exception as error:
            logger.exception("Delivery %s to %s failed", delivery_id, name)
            note_failure(delivery_id, error)

    return run


def note_failure(delivery_id: int, error: Exception) -> None:
    """Count a failed attempt, and park the delivery after the last one.

    The next sweep tries again; whoever fails twice waits, because an outage lasts longer than a few seconds.
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().waiting().filter(pk=delivery_id).first()
        if delivery is None:
            return
        delivery.attempts += 1
        delivery.error = f"{type(error).__name__}: {error}"[:2000]
        delivery.published_at = None if delivery.attempts == 1 else timezone.now()
        if delivery.attempts >= ATTEMPTS:
            delivery.parked_at = timezone.now()
        delivery.save(update_fields=["attempts", "error", "published_at", "parked_at"])


def publish_waiting(queue: Celery) -> int:
    """Hand unpublished and overdue deliveries to the broker, oldest first; answer how many.

    Rows are claimed with SKIP LOCKED, so several relays share the work. A broker that refuses raises, and the
    rows stay unpublished.
    """
    overdue = timezone.now() - PATIENCE
    with transaction.atomic():
        claimed = list(
            Delivery.objects.select_for_update(skip_locked=True)
            .waiting()
            .filter(Q(published_at=None) | Q(published_at__lt=overdue))
            .order_by("id")[:BATCH]
        )
        for delivery in claimed:
            queue.send_task(delivery.task, args=[delivery.pk])
        Delivery.objects.filter(pk__in=[delivery.pk for delivery in claimed]).update(published_at=Now())
    return len(claimed)


def retry_parked(deliveries: DeliveryQuerySet) -> int:
    """Give parked deliveries another three attempts; answer how many."""
    return deliveries.parked().update(parked_at=None, published_at=None, attempts=0)
