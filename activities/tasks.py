"""What the clock asks of activities."""

from celery import shared_task

from activities.actions import remove_orphans
from activities.invariants import repair_next_steps
from activities.reminder_mail import mail_reminder_of
from activities.reminders import remind_due
from core.deliveries import delivery_task


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
