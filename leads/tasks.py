"""What events and the clock ask of leads."""

from celery import shared_task

from core.deliveries import delivery_task
from core.models import Event
from leads.models import Lead
from leads.placing import place_lead, reassign_late


@delivery_task
def place_received(event_id: int) -> None:
    """Let the rules say whose the lead is that arrived."""
    place_lead(Lead.objects.get(pk=Event.objects.get(pk=event_id).subject_id))


@shared_task
def reassign_leads() -> None:
    """Give what nobody answered in time to somebody else."""
    reassign_late()
