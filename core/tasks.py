"""Ticks of the clock that belong to no other app."""

from celery import shared_task

from core import heartbeats
from core.actions import remove_old_events as remove


@shared_task
def beat_heart() -> None:
    """Sent by beat, done by a worker: proof that both live."""
    heartbeats.beat("beat")
    heartbeats.beat("worker")


@shared_task
def remove_old_events() -> None:
    """Drop done events older than a year."""
    remove()
