"""What events and the clock ask of leads."""

from celery import shared_task
from django.db import transaction

from core.deliveries import delivery_task
from core.models import Event
from leads.actions import learn_chances, score_leads, state_chance
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


@delivery_task
def score_of_event(event_id: int) -> None:
    """Compute the score of the lead that changed anew."""
    event = Event.objects.get(pk=event_id)
    # A touch says of which lead it is; that of a person or company alone is of none.
    key = event.payload.get("lead") if event.kind == "lead.touched" else event.subject_id
    if key is not None:
        score_leads(Lead.objects.current().filter(pk=key))


@delivery_task
def state_chance_of_new(event_id: int) -> None:
    """State the chance of the lead that arrived."""
    state_chance(Lead.objects.get(pk=Event.objects.get(pk=event_id).subject_id))


@delivery_task
def score_after_change(event_id: int) -> None:
    """Score all open leads anew once that is committed: a rule changed, or many came at once."""
    transaction.on_commit(score_all, robust=True)


@shared_task
def score_all() -> None:
    """Let points fade, and make up for what was missed."""
    score_leads()


@shared_task
def learn() -> None:
    """Learn from the past what the chance of open leads is."""
    learn_chances()
