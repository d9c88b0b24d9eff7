"""What the clock asks of offers and orders, and what follows from the funnel."""

from celery import shared_task

from core.deliveries import delivery_task
from core.models import Event
from offers import actions, approval_mail, invariants
from offers.models import ApprovalRequest
from pipeline.models import Deal


@shared_task
def check_purchases() -> None:
    """Compare customers with what they bought; differences are logged as errors and repaired."""
    invariants.check_purchases()


@shared_task
def expire_offers() -> None:
    """Let expire what was valid until yesterday."""
    actions.expire_overdue()


@delivery_task
def withdraw_of_lost_deal(event_id: int) -> None:
    """Nobody accepts what was offered in a deal that is lost."""
    deal = Deal.objects.filter(pk=Event.objects.get(pk=event_id).subject_id).first()
    if deal is not None:
        actions.withdraw_of_lost(deal)


@delivery_task
def write_to_approvers(event_id: int) -> None:
    """Make a link for each who may approve; their mails follow one by one."""
    request = ApprovalRequest.objects.filter(pk=Event.objects.get(pk=event_id).subject_id).first()
    if request is not None:
        actions.make_approval_links(request)


@delivery_task
def mail_approver(event_id: int) -> None:
    """Ask one of them by mail."""
    approval_mail.mail_asked(event_id)


@delivery_task
def mail_approval_answer(event_id: int) -> None:
    """Tell who asked."""
    approval_mail.mail_answered(event_id)
