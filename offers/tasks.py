"""What the clock asks of orders."""

from celery import shared_task

from offers import invariants


@shared_task
def check_purchases() -> None:
    """Compare customers with what they bought; differences are logged as errors and repaired."""
    invariants.check_purchases()
