"""Requests for approval become something to be done: by those who may answer, and then by who asked.

Each is written under a key made of what it tells of: whoever comes second finds it written.
"""

from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from activities.actions import About, NextStep, finish_follow_up, plan_follow_up
from activities.models import FollowUp
from core.models import Event
from offers.approval import approvers_of, may_approve
from offers.models import ApprovalRequest
from pipeline.models import Deal

KEYS = UUID("0d1f2f0e-6d43-4c0f-8f0a-6d2b5d8c1e55")


def tell_of_approval(event_id: int) -> None:
    """Put an open request into the lists of those who may answer; an answered or lapsed one out of them.

    Who asked finds the answer in their own list.
    """
    event = Event.objects.get(pk=event_id)
    rows = ApprovalRequest.objects.select_related("version__offer__deal__owner", "asked_by", "answered_by")
    request = rows.filter(pk=event.subject_id).first()
    if request is None:
        return
    approvers = [user for user in approvers_of(request) if may_approve(request, user)]
    if not request.answer:
        for approver in approvers:
            _ask(request, approver)
        return
    for key in (_key(request, approver) for approver in approvers):
        for follow_up in FollowUp.objects.filter(form_key=key, done_at=None):
            finish_follow_up(follow_up, actor=request.answered_by or request.asked_by)
    if request.answered_by is not None:
        _answer(request)


def _ask(request: ApprovalRequest, approver: User) -> None:
    """What somebody may not see stands in their mail only."""
    deal = request.version.offer.deal
    if not Deal.objects.visible_to(approver).filter(pk=deal.pk).exists():
        return
    with override(approver.language):
        text = _("Approve the offer: %(name)s asks") % {"name": request.asked_by}
    _plan(deal, text, approver, _key(request, approver))


def _answer(request: ApprovalRequest) -> None:
    with override(request.asked_by.language):
        if request.answer == ApprovalRequest.Answer.GRANTED:
            text = _("Offer approved: send it")
        else:
            text = _("Offer not approved: %(why)s") % {"why": request.answer_note or "–"}
    _plan(request.version.offer.deal, text, request.asked_by, uuid5(KEYS, f"answer-{request.pk}"))


def _plan(deal: Deal, text: str, owner: User, key: UUID) -> None:
    step = NextStep(on=timezone.localdate(), kind=FollowUp.Kind.OTHER, text=text[:200], owner=owner)
    plan_follow_up(About(deal=deal), step, actor=owner, form_key=key)


def _key(request: ApprovalRequest, approver: User) -> UUID:
    return uuid5(KEYS, f"ask-{request.pk}-{approver.pk}")
