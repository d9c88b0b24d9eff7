"""The mail that reminds of a follow-up."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Cover, User
from activities.models import FollowUp
from activities.subjects import subject_url
from core.models import Event


def mail_reminder_of(event_id: int) -> None:
    """Send it to whom it concerns today, if they wish mails; not when it was done meanwhile."""
    event = Event.objects.get(pk=event_id)
    rows = FollowUp.objects.select_related("owner", "company", "person", "deal")
    follow_up = rows.filter(pk=event.subject_id, done_at=None).first()
    if follow_up is None:
        return
    reader = _reader(follow_up)
    if reader.reminder_mail and reader.is_active:
        _message(follow_up, reader, event).send()


def mail_of_offer(follow_up: FollowUp, event: Event) -> None:
    """What a customer did at once by mail to whom it concerns today, if they wish mails."""
    reader = _reader(follow_up)
    if reader.reminder_mail and reader.is_active:
        _message(follow_up, reader, event).send()


def _reader(follow_up: FollowUp) -> User:
    """The owner, or who stands in today: one of them, so that there is one mail."""
    running = Cover.objects.running().filter(owner=follow_up.owner_id).select_related("stand_in")
    cover = running.order_by("pk").first()
    return cover.stand_in if cover else follow_up.owner


def _message(follow_up: FollowUp, reader: User, event: Event) -> EmailMessage:
    with translation.override(reader.language):
        context = {
            "follow_up": follow_up,
            "user": reader,
            "customer": follow_up.company or follow_up.person or follow_up.deal or follow_up.lead,
            "link": settings.SITE_URL + subject_url(follow_up),
        }
        subject = _("Reminder: %(what)s") % {"what": follow_up}
        body = render_to_string("activities/reminder_mail.txt", context)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return EmailMessage(
        # A text may hold a line break, a header never.
        subject=" ".join(subject.split()),
        body=body,
        to=[reader.email],
        headers={
            "Message-ID": f"<reminder-{event.pk}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
    )
