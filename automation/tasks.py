"""What events and the clock ask of rules."""

from celery import shared_task

from automation import running
from automation.finding import meet_event
from core.deliveries import delivery_task
from core.models import Event


@delivery_task
def meet_rules(event_id: int) -> None:
    """Let the rules hear of an event; what they are to do at once is done by the next tick."""
    meet_event(Event.objects.get(pk=event_id))


@shared_task
def look_at_clock() -> None:
    """Let the rules see what has lasted long enough."""
    running.look_at_clock()


@shared_task
def act_on_due() -> None:
    """Do what is due."""
    running.act_on_due()
