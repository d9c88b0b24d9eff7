"""What workers do for the explorer: after an event, every minute, at night."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from core.deliveries import delivery_task
from core.models import Event
from explorer import steps
from explorer.mails import send_due


@delivery_task
def count_steps(event_id: int) -> None:
    """Mark the days of the deal of the event, and count them again once that is committed."""
    steps.mark_deal(Event.objects.get(pk=event_id).subject_id)
    transaction.on_commit(steps.refresh, robust=True)


@delivery_task
def count_all_steps(event_id: int) -> None:
    """Mark every day, and count them again once that is committed."""
    steps.mark_all()
    transaction.on_commit(steps.refresh, robust=True)


@shared_task
def refresh_steps() -> None:
    """Work off what a worker that died left marked; usually there is nothing."""
    steps.refresh()


@shared_task
def check_steps() -> None:
    """Compare every sum with the history."""
    steps.check()


@shared_task
def send_questions() -> None:
    """Send the tables that are due; most of the time there are none."""
    send_due(timezone.now())
