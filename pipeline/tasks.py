"""What the clock and imports ask of the funnel."""

from celery import shared_task
from django.utils import timezone

from core.deliveries import delivery_task
from pipeline import usual_stays


@shared_task
def measure_usual_stays() -> None:
    """Measure what is usual in each stage, as every night."""
    usual_stays.measure_usual_stays(timezone.now())


@delivery_task
def measure_after_import(event_id: int) -> None:
    """Measure again: an import may bring years of history."""
    usual_stays.measure_usual_stays(timezone.now())
