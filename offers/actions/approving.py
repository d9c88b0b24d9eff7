"""Approvals: asking for one and answering it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import events
from offers.actions.locking import lock_version
from offers.approval import may_approve, rules_met
from offers.errors import (
    ApprovalAnswered,
    ApprovalNotNeeded,
    NoApprover,
    OfferSavedMeanwhile,
    VersionFixed,
)
from offers.models import ApprovalRequest, OfferState, OfferVersion


@transaction.atomic
def ask_approval(
    version: OfferVersion, *, note: str = "", seen_revision: int, actor: User
) -> ApprovalRequest:
    """Ask for the approval of a draft as it stands; asking twice answers the request that is open.

    Raises VersionFixed, OfferSavedMeanwhile, ApprovalNotNeeded.
    """
    version = lock_version(version)
    if not version.is_unsent or not version.is_current:
        raise VersionFixed
    already = version.approvals.open().first()
    if already is not None:
        return already
    if version.revision != seen_revision:
        raise OfferSavedMeanwhile
    rules = rules_met(version, version.lines.all())
    if not rules:
        raise ApprovalNotNeeded
    request = ApprovalRequest.objects.create(
        version=version, revision=version.revision, asked_by=actor, note=note.strip()
    )
    request.rules.set(rules)
    version.state = OfferState.ASKED
    version.save(update_fields=["state"])
    events.record("offer.approval_asked", request, actor=actor, offer=version.offer_id)
    return request


@transaction.atomic
def answer_approval(
    request: ApprovalRequest, *, granted: bool, note: str = "", actor: User
) -> ApprovalRequest:
    """Approve a version, or not, in words if need be; the same answer twice is a no-op.

    Raises NoApprover, ApprovalAnswered.
    """
    version = lock_version(request.version)
    request = ApprovalRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    answer = ApprovalRequest.Answer.GRANTED if granted else ApprovalRequest.Answer.REFUSED
    if not may_approve(request, actor):
        raise NoApprover
    if request.answer == answer and request.answered_by_id == actor.pk:
        return request
    if request.answer:
        raise ApprovalAnswered
    request.answer, request.answer_note = answer, note.strip()
    request.answered_by, request.answered_at = actor, timezone.now()
    request.save()
    version.state = OfferState.APPROVED if granted else OfferState.DRAFT
    version.save(update_fields=["state"])
    events.record("offer.approval_answered", request, actor=actor, offer=version.offer_id, granted=granted)
    return request


def lapse_approvals(version: OfferVersion, *, actor: User | None) -> None:
    """Close what was asked of a wording that is no more; the caller has locked the version."""
    for request in version.approvals.open():
        request.answer, request.answered_at = ApprovalRequest.Answer.LAPSED, timezone.now()
        request.save(update_fields=["answer", "answered_at"])
        events.record("offer.approval_lapsed", request, actor=actor, offer=version.offer_id)
