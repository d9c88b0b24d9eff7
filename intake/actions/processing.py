"""What becomes of a submission: a lead, once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import events
from core.errors import DomainError
from intake.actions.consents import ask_for_confirmation, keep_evidence
from intake.errors import ProcessedAlready
from intake.facts import facts_of, origin_of, touch_of
from intake.models import Submission
from leads.actions import take_inquiry
from leads.models import Lead, Recognition, Touch

State, Reason = Submission.State, Submission.Reason


@transaction.atomic
def process_submission(submission: Submission) -> Submission:
    """Make a lead of it, or a touch of somebody we know; what is processed or refused already stays so.

    A rule of the business that says no is noted on the submission. Any other failure leaves it as it is, and
    the outbox tries again.
    """
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if submission.state != State.RECEIVED:
        return submission
    try:
        with transaction.atomic():
            made = _made_of(submission)
    except DomainError as refusal:
        return _note(submission, State.REFUSED, reason=Reason.RULE, note=str(refusal.message)[:300])
    if isinstance(made, Lead):
        submission.lead, submission.touch = made, Touch.objects.of_lead(made).first()
    else:
        submission.lead, submission.touch = made.known_lead, made.touch
    _note(submission, State.PROCESSED)
    ask_for_confirmation(submission)
    keep_evidence(submission)
    events.record("submission.processed", submission, actor=None, is_lead=isinstance(made, Lead))
    return submission


@transaction.atomic
def process_again(submission: Submission, *, actor: User) -> Submission:
    """Take a refused or stuck submission up once more; ProcessedAlready when it is a lead already."""
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if submission.state == State.PROCESSED:
        raise ProcessedAlready(_("This submission is a lead already."))
    _note(submission, State.RECEIVED)
    events.record("submission.received", submission, actor=actor)
    return submission


def _made_of(submission: Submission) -> Lead | Recognition:
    by = submission.form or submission.key
    owner = submission.form.owner if submission.form else None
    return take_inquiry(
        facts_of(submission),
        touch=touch_of(submission),
        actor=None,
        origin=origin_of(submission),
        owner=owner if owner and owner.is_active else None,
        team=submission.form.team if submission.form else None,
        why=_("By the web form “%(name)s”.") % {"name": by} if owner else "",
        form_key=submission.reference,
    )


def _note(submission: Submission, state: str, *, reason: str = "", note: str = "") -> Submission:
    submission.state, submission.reason, submission.note = state, reason, note
    submission.processed_at = timezone.now() if state == State.PROCESSED else None
    submission.save(update_fields=["state", "reason", "note", "processed_at", "lead", "touch"])
    return submission
