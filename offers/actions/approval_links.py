"""The approvers' links: one for each of them, made when their mail leaves; only the hash is kept."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core import events
from offers.actions.links import LONGEST_TOKEN, count_use, digest_of, secret_of_mail
from offers.approval import approvers_of, may_approve
from offers.models import ApprovalLink, ApprovalRequest

LASTS = timedelta(days=14)


@transaction.atomic
def make_approval_links(request: ApprovalRequest) -> list[ApprovalLink]:
    """A link for everybody who may answer an open request; made again nothing is added.

    Each is an event of its own, so that each mail is tried again by itself.
    """
    request = ApprovalRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.answer:
        return []
    made = []
    for approver in approvers_of(request):
        if not may_approve(request, approver):
            continue
        link, is_new = ApprovalLink.objects.get_or_create(
            request=request,
            approver=approver,
            defaults={
                "digest": digest_of(approval_secret(request.pk, approver.pk)),
                "expires_at": timezone.now() + LASTS,
            },
        )
        if is_new:
            events.record("offer.approval_link_made", link, actor=None, offer=request.version.offer_id)
            made.append(link)
    return made


def approval_secret(request: int, approver: int) -> str:
    """What stands in the mail to an approver: the same when that mail is made once more."""
    return secret_of_mail(f"approval-{request}-{approver}")


def find_approval_link(token: str) -> ApprovalLink | None:
    """What a secret opens; None for one that is wrong or too old, or whose approver has left.

    Raises LinkUsedTooOften.
    """
    links = ApprovalLink.objects.filter(expires_at__gt=timezone.now(), approver__is_active=True)
    shown = links.select_related("approver", "request__asked_by", "request__version__offer__deal__owner")
    link = shown.filter(digest=digest_of(token[:LONGEST_TOKEN])).first()
    if link is not None:
        count_use(ApprovalLink, link.pk)
    return link
