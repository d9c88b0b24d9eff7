"""What workers do for the quality of data."""

from celery import shared_task

from quality.actions import take_stock


@shared_task
def look_at_the_data() -> None:
    """Write down what the data is like, once a day; an installation of today gets its first picture soon."""
    take_stock(only_if_missing=True)
