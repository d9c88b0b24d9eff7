"""What the clock and changes ask of the customer database."""

from celery import shared_task

from contacts import duplicate_search
from contacts.merging import gather_stragglers
from core.deliveries import delivery_task
from core.models import Event


@shared_task
def search_duplicates() -> None:
    """Go on with the nightly search."""
    duplicate_search.search_on()


@shared_task
def go_on_with_duplicates() -> None:
    """By day: go on with a search that is not at its end, begin none."""
    duplicate_search.search_on(begins=False)


@delivery_task
def search_imported(event_id: int) -> None:
    """Let the next tick compare what an import brought with all others."""
    duplicate_search.reopen_searches()


@shared_task
def gather_after_merges() -> None:
    """Bring what came to merged rows meanwhile to their survivors."""
    gather_stragglers()


@delivery_task
def search_changed(event_id: int) -> None:
    """Compare the row that was entered or changed, or both rows of a merge, with all others."""
    event = Event.objects.get(pk=event_id)
    kind = duplicate_search.KINDS.get(event.subject_kind)
    if kind is not None:
        keys = [event.subject_id, event.payload.get("other")]
        for key in filter(None, keys):
            duplicate_search.search_row(kind, key)
