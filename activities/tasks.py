"""What the clock asks of activities."""

from celery import shared_task

from activities import actions, approval_news
from activities.actions import remove_orphans
from activities.invariants import repair_next_steps
from activities.offer_news import remind_of_validity, tell_owner_of
from activities.reminder_mail import mail_reminder_of
from activities.reminders import remind_due
from core.deliveries import delivery_task
from core.models import Event
from pipeline.models import LeadConversion


@shared_task
def check_next_steps() -> None:
    """Compare next steps of deals with their follow-ups; differences are logged as errors and repaired."""
    repair_next_steps()


@shared_task
def send_reminders() -> None:
    """Remind of what is due now."""
    remind_due()


@shared_task
def remove_orphaned_files() -> None:
    """Remove files whose entry was never saved."""
    remove_orphans()


@delivery_task
def mail_reminder(event_id: int) -> None:
    """Mail a reminder to whoever wishes so."""
    mail_reminder_of(event_id)


@shared_task
def remind_of_offers() -> None:
    """Remind of offers that run out soon."""
    remind_of_validity()


@delivery_task
def tell_of_offer(event_id: int) -> None:
    """Tell the owner what the customer did with the offer."""
    tell_owner_of(event_id)


@delivery_task
def tell_of_approval(event_id: int) -> None:
    """Put a request for approval into the lists of those it concerns, or out of them."""
    approval_news.tell_of_approval(event_id)


@delivery_task
def follow_to_deal(event_id: int) -> None:
    """Bring what was done with a lead to the deal it became."""
    event, conversion = _conversion(event_id)
    actions.follow_to_deal(conversion, actor=event.actor)


@delivery_task
def follow_back(event_id: int) -> None:
    """Bring it back to the lead, since the conversion was undone."""
    event, conversion = _conversion(event_id)
    actions.follow_back(conversion, actor=event.actor)


def _conversion(event_id: int) -> tuple[Event, LeadConversion]:
    event = Event.objects.select_related("actor").get(pk=event_id)
    found = LeadConversion.objects.filter(lead=event.subject_id, deal=event.payload["deal"])
    return event, found.select_related("lead", "deal", "company", "person").latest("pk")
