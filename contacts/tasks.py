"""What the clock and changes ask of the customer database."""

from celery import shared_task

from contacts import duplicate_search
from core.deliveries import delivery_task
from core.models import Event


@shared_task
def search_duplicates() -> None:
    """Go on with the nightly search."""
    duplicate_search.search_on()


@delivery_task
def search_changed(event_id: int) -> None:
    """Compare the row that was entered or changed with all others."""
    event = Event.objects.get(pk=event_id)
    kind = duplicate_search.KINDS.get(event.subject_kind)
    if kind is not None:
        duplicate_search.search_row(kind, event.subject_id)
