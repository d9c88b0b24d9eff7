"""Ticks of the clock that belong to no other app."""

import logging

from celery import shared_task

from core import heartbeats, jobs
from core.actions import remove_old_events as remove
from core.deliveries import note_failure
from core.models import Delivery

logger = logging.getLogger(__name__)


@shared_task
def run_job(delivery_id: int) -> None:
    """Do the job that was asked for; it outlives the transaction in which other deliveries are done."""
    job_id = (
        Delivery.objects.waiting().filter(pk=delivery_id).values_list("event__subject_id", flat=True).first()
    )
    if job_id is None:
        return
    try:
        jobs.run(job_id, delivery_id)
    except Exception as error:
        logger.exception("Job %s could not be begun", job_id)
        note_failure(delivery_id, error)


@shared_task
def take_up_orphans() -> None:
    """Ask again for the jobs whose worker died."""
    jobs.take_up_orphans()


@shared_task
def beat_heart() -> None:
    """Sent by beat, done by a worker: proof that both live."""
    heartbeats.beat("beat")
    heartbeats.beat("worker")


@shared_task
def remove_old_events() -> None:
    """Drop done events older than a year."""
    remove()
