"""What data protection does in the background."""

from celery import shared_task

from core.deliveries import delivery_task
from core.models import Event
from privacy import ledger
from privacy.actions import forget_reports, propose
from privacy.replay import lines_of


@delivery_task
def write_ledger(event_id: int) -> None:
    """Keep an erasure, objection, withdrawal or restriction outside the database; twice does no harm."""
    for line in lines_of(Event.objects.get(pk=event_id)):
        ledger.append(line)


@shared_task
def propose_erasures() -> None:
    """Every night: whose data were kept long enough; a human decides."""
    propose()


@shared_task
def throw_away_reports() -> None:
    """Every night: reports that were made long enough ago go with their files."""
    forget_reports()
