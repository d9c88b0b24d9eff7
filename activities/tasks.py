"""What the clock asks of activities."""

from celery import shared_task

from activities.invariants import repair_next_steps


@shared_task
def check_next_steps() -> None:
    """Compare next steps of deals with their follow-ups; differences are logged as errors and repaired."""
    repair_next_steps()
