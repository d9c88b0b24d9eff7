"""Taking in what was sent: one row and its event in one transaction, so that nothing else has to run."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from activities.files import clean_name
from core import events
from intake.models import LeadForm, SourceKey, Submission, SubmittedConsent, SubmittedFile


@dataclass(frozen=True, kw_only=True)
class Consented:
    """A box that was ticked: for which means, about which number or address, in which words."""

    means: str
    value: str
    wording: str
    needs_confirmation: bool = False


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was sent. `once` names it: the same again is the same."""

    once: str
    answers: Sequence[dict[str, str]]
    origin: dict[str, str] = field(default_factory=dict)
    language: str = "de"
    sender: str = ""
    visitor: UUID | None = None
    at: datetime | None = None
    consents: Sequence[Consented] = ()
    files: Sequence[UploadedFile] = ()
    is_trapped: bool = False


def receive_submission(by: LeadForm | SourceKey, given: Given) -> tuple[Submission, bool]:
    """Keep what was sent; answer it and whether it is new. What was sent before is answered again.

    What a trap caught is kept as refused, for a person to look at.
    """
    try:
        with transaction.atomic():
            return _write(by, given), True
    except IntegrityError:
        return Submission.objects.get(**_by(by), once=given.once), False


def _write(by: LeadForm | SourceKey, given: Given) -> Submission:
    trap = Submission.Reason.TRAP if given.is_trapped else Submission.Reason.NONE
    submission = Submission.objects.create(
        **_by(by),
        once=given.once,
        answers=list(given.answers),
        origin=given.origin,
        language=given.language,
        sender=given.sender,
        visitor=given.visitor,
        at=given.at or timezone.now(),
        state=Submission.State.REFUSED if trap else Submission.State.RECEIVED,
        reason=trap,
    )
    SubmittedConsent.objects.bulk_create(
        SubmittedConsent(submission=submission, **vars(consent)) for consent in given.consents
    )
    for file in given.files:
        SubmittedFile.objects.create(
            submission=submission, file=file, name=clean_name(file.name or "file"), size=file.size or 0
        )
    if not trap:
        events.record("submission.received", submission, actor=None)
    return submission


def _by(by: LeadForm | SourceKey) -> dict[str, LeadForm | SourceKey]:
    return {"form": by} if isinstance(by, LeadForm) else {"key": by}
