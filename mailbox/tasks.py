"""What the mail does in the background."""

from celery import shared_task
from django.db import transaction

from core.deliveries import delivery_task
from core.models import Event
from mailbox.cleaning import remove_old_bytes
from mailbox.fetching import fetch_all
from mailbox.sending import give_back_lost_claims, send_due


@delivery_task
def send_written(event_id: int) -> None:
    """Send the mail as soon as this delivery is done: its claim must be seen by others at once."""
    key = Event.objects.get(pk=event_id).subject_id
    transaction.on_commit(lambda: send_due([key]))


@shared_task
def send_mails() -> None:
    """Try again what is due, and give back what dead workers had claimed."""
    give_back_lost_claims()
    send_due()


@shared_task
def fetch_mails() -> None:
    """Look into the mailboxes."""
    fetch_all()


@shared_task
def remove_old_mails() -> None:
    """Remove the bytes of mails that are no longer needed."""
    remove_old_bytes()
