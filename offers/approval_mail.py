"""The mails about approvals: to each who may give one, and back to who asked."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.models import Event
from offers.actions.approval_links import approval_secret
from offers.models import ApprovalLink, ApprovalRequest
from offers.offer_prices import offer_totals

WITH = ("asked_by", "answered_by", "version__offer__deal__owner")


def mail_asked(event_id: int) -> None:
    """Tell one who may approve, with a link of their own; not when it was answered or lapsed meanwhile."""
    event = Event.objects.get(pk=event_id)
    link = ApprovalLink.objects.select_related("approver").filter(pk=event.subject_id).first()
    if link is None or not link.approver.is_active:
        return
    request = ApprovalRequest.objects.select_related(*WITH).get(pk=link.request_id)
    if not request.answer:
        way = reverse("offers:approval_page", args=[approval_secret(request.pk, link.approver_id)])
        with translation.override(link.approver.language):
            _message(_("Approval asked for: %(offer)s"), request, link.approver, way, event).send()


def mail_answered(event_id: int) -> None:
    """Tell who asked what was answered."""
    event = Event.objects.get(pk=event_id)
    request = ApprovalRequest.objects.select_related(*WITH).filter(pk=event.subject_id).first()
    if request is not None and request.asked_by.is_active:
        way = request.version.get_absolute_url()
        with translation.override(request.asked_by.language):
            _message(_("Approval answered: %(offer)s"), request, request.asked_by, way, event).send()


def _message(wording: str, request: ApprovalRequest, reader: User, way: str, event: Event) -> EmailMessage:
    """In the language that is on."""
    version = request.version
    deal = version.offer.deal
    context = {
        "request": request,
        "version": version,
        "deal": deal,
        "net": offer_totals(version.lines.all(), version).net,
        "link": settings.SITE_URL + way,
    }
    subject = wording % {"offer": deal}
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return EmailMessage(
        # A name may hold a line break, a header never.
        subject=" ".join(subject.split()),
        body=render_to_string("offers/approval_mail.txt", context),
        to=[reader.email],
        headers={"Message-ID": f"<approval-{event.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
