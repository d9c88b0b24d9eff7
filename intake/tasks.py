"""What the intake does in the background."""

from celery import shared_task
from django.db import transaction

from core.deliveries import delivery_task
from core.models import Event
from intake.actions import (
    forget_visits,
    identify_visitor,
    join_later_visits,
    keep_evidence,
    keep_left_evidence,
    mail_due_consents,
    process_submission,
)
from intake.models import Submission
from intake.senders import forget_senders


@delivery_task
def process_received(event_id: int) -> None:
    """Make a lead of the submission; the links it asks for leave when this is committed."""
    key = Event.objects.get(pk=event_id).subject_id
    submission = Submission.objects.filter(pk=key).first()
    if submission is not None:
        process_submission(submission)
        transaction.on_commit(lambda: mail_due_consents([key]))


@delivery_task
def join_visits_of(event_id: int) -> None:
    """Put the visits of whoever sent the submission on their timeline."""
    submission = Submission.objects.select_related("lead", "touch__person")
    if found := submission.filter(pk=Event.objects.get(pk=event_id).subject_id).first():
        identify_visitor(found)


@delivery_task
def keep_evidence_of_lead(event_id: int) -> None:
    """It may be known now whose lead it is: what was consented to goes on that record."""
    lead = Event.objects.get(pk=event_id).subject_id
    for submission in Submission.objects.filter(lead=lead, consents__entry=None).distinct().order_by("pk"):
        keep_evidence(submission)


@shared_task
def mail_consents() -> None:
    """Try again what did not leave."""
    mail_due_consents()


@shared_task
def join_visits() -> None:
    """Put on the timeline what known visitors looked at since."""
    join_later_visits()


@shared_task
def tidy_up() -> None:
    """Forget what is kept for a while only, and catch up with what was linked since."""
    forget_senders()
    forget_visits()
    keep_left_evidence()
