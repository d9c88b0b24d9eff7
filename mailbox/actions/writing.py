"""Writing a mail: an entry on the timeline and a row that waits to be sent, in one transaction."""

from dataclasses import dataclass
from email.utils import make_msgid
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.actions import About, MailFacts, log_mail
from activities.models import Activity
from contacts.lawful import refuse_unlawful
from contacts.models import Channel, Means
from core import events
from mailbox.errors import MailHasLeft, MailNotReady
from mailbox.folding import fold
from mailbox.models import Purpose, SentMail
from mailbox.placeholders import left, without_link
from offers.models import SentDocument

State = SentMail.State


@dataclass(frozen=True)
class MailText:
    """What is written, and why (`purpose`)."""

    subject: str
    text: str
    purpose: str = Purpose.CONTRACT


@transaction.atomic
def write_mail(
    about: About,
    to: Channel,
    mail: MailText,
    *,
    actor: User,
    form_key: UUID | None = None,
    document: SentDocument | None = None,
) -> SentMail:
    """Write a mail to one address of a contact; it leaves in the background.

    The same `form_key` again answers the mail it wrote. A `document` goes along as a file, and the text may
    hold the place of the link to its offer. Raises MailNotReady while a placeholder is unfilled,
    and refuses what the law does not allow for this purpose (contacts.lawful).
    """
    already = SentMail.objects.filter(activity__form_key=form_key).first() if form_key else None
    if already is not None:
        return already
    text = without_link(mail.text) if document else mail.text
    open_places = left(f"{mail.subject} {text}")
    if open_places:
        raise MailNotReady(
            _("Please fill in: %(names)s.") % {"names": ", ".join(f"{{{name}}}" for name in open_places)}
        )
    receiver = to.person or to.company
    assert receiver is not None  # noqa: S101 - a channel belongs to one of them (constraint)
    refuse_unlawful(receiver, Means.EMAIL, purpose=mail.purpose, channel=to)

    activity = log_mail(
        about,
        MailFacts(
            subject=mail.subject,
            text=fold(text).shown,
            direction=Activity.Direction.OUTBOUND,
            at=timezone.now(),
        ),
        actor=actor,
        form_key=form_key,
    )
    sent, is_new = SentMail.objects.get_or_create(
        activity=activity,
        defaults={
            "to_address": to.value,
            "purpose": mail.purpose,
            "text": mail.text,
            "document": document,
            "message_id": make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost"),
            "due_at": timezone.now(),
        },
    )
    if is_new:
        events.record("mail.written", sent, actor=actor)
    return sent


@transaction.atomic
def send_again(mail: SentMail, *, actor: User) -> SentMail:
    """Try once more what did not leave; also what a dead worker left unclear. MailHasLeft when it is sent."""
    mail = SentMail.objects.select_for_update().get(pk=mail.pk)
    if mail.state not in (State.FAILED, State.CLAIMED):
        raise MailHasLeft(_("This mail is sent, or being sent."))
    mail.state, mail.attempts, mail.claimed_at, mail.due_at = State.WAITING, 0, None, timezone.now()
    mail.save(update_fields=["state", "attempts", "claimed_at", "due_at"])
    events.record("mail.written", mail, actor=actor)
    return mail


@transaction.atomic
def give_up_mail(mail: SentMail, *, actor: User) -> SentMail:
    """Stop trying; MailHasLeft when it is sent or just leaving."""
    mail = SentMail.objects.select_for_update().get(pk=mail.pk)
    if mail.state not in (State.WAITING, State.FAILED):
        raise MailHasLeft(_("This mail is sent, or being sent."))
    mail.state = State.GIVEN_UP
    mail.save(update_fields=["state"])
    events.record("mail.given_up", mail, actor=actor)
    return mail
