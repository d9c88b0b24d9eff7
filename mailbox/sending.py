"""Handing written mails to the mail server: each once.

A mail leaves twice only if its row is claimed twice, and a claim is one conditional update. A worker that
dies between claim and mark leaves a claim that nobody takes up by itself; after a while it counts as failed,
and the author decides.
"""

import logging
from datetime import timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from activities.actions import About, NextStep, plan_follow_up
from activities.models import FollowUp
from contacts.lawful import may_reach
from contacts.models import Channel, Means
from mailbox.models import SentMail
from mailbox.models.sent_mail import MOST_ATTEMPTS
from mailbox.placeholders import LINK, said_later
from offers.actions import make_link
from offers.models import OfferState, SentDocument

logger = logging.getLogger(__name__)

State = SentMail.State
SHOWN = ("activity__author", "activity__person", "activity__company", "document__version__offer")
FIRST_PAUSE = timedelta(minutes=2)
PATIENCE = timedelta(minutes=15)
MOST_AT_ONCE = 100


def send_due(mails: list[int] | None = None) -> int:
    """Send what is due (of these keys, or all); answer how many left. Safe side by side and to repeat."""
    due = SentMail.objects.filter(state=State.WAITING, due_at__lte=timezone.now())
    due = due.filter(pk__in=mails) if mails is not None else due
    rows = due.select_related(*SHOWN).order_by("due_at")
    return sum(send(mail) for mail in rows[:MOST_AT_ONCE])


def send(mail: SentMail) -> bool:
    """Send one mail unless another worker does; a failure is noted, and tried again after a pause."""
    if not _claim(mail):
        return False
    if refusal := _refusal(mail):
        _stop(mail, refusal)
        return False
    try:
        message_of(mail).send()
    except Exception as error:
        # Whatever it was, the other mails leave. What the error says may hold an address.
        logger.warning("Mail %s was not sent: %s", mail.pk, type(error).__name__)
        _give_back(mail, error)
        return False
    SentMail.objects.filter(pk=mail.pk).update(state=State.SENT, sent_at=timezone.now(), error="")
    return True


def give_back_lost_claims() -> int:
    """Claims of workers that died: they count as failed, for the author to decide; answer how many."""
    lost = SentMail.objects.filter(state=State.CLAIMED, claimed_at__lt=timezone.now() - PATIENCE)
    mails = list(lost.select_related("activity__author")[:MOST_AT_ONCE])
    for mail in mails:
        _stop(mail, "interrupted")
    return len(mails)


def tell_author(mail: SentMail) -> None:
    """What did not leave or came back is to be done today: it stands in the author's list."""
    activity = mail.activity
    with translation.override(activity.author.language):
        text = _("Not delivered: %(subject)s") % {"subject": activity.subject}
    step = NextStep(on=timezone.localdate(), kind=FollowUp.Kind.MAIL, text=text[:200], owner=activity.author)
    about = About(deal=activity.deal, company=activity.company, person=activity.person)
    plan_follow_up(about, step, actor=activity.author)


def message_of(mail: SentMail) -> EmailMessage:
    """The mail as it travels; a line break in a head is refused by Django's EmailMessage."""
    author: User = mail.activity.author
    name = author.get_full_name()
    address = author.email if settings.MAIL_FROM_USERS else settings.DEFAULT_FROM_EMAIL
    message = EmailMessage(
        subject=" ".join(mail.activity.subject.split()),
        body=mail.text if mail.document is None else _with_link(mail, mail.document, author),
        from_email=formataddr((name, address)),
        to=[mail.to_address],
        reply_to=[formataddr((name, author.email))],
        headers={"Message-ID": mail.message_id},
    )
    if mail.document is not None:
        number = mail.document.version.offer.number
        message.attach(f"{number}.pdf", bytes(mail.document.content), "application/pdf")
    return message


def _with_link(mail: SentMail, document: SentDocument, author: User) -> str:
    """The text with the customer's link: its secret stands in this mail and nowhere else.

    A mail that is handed over once more, because nobody knows whether it left, carries the same one.
    """
    _link, token = make_link(document.version, actor=author, mail=mail.message_id)
    return said_later(mail.text, LINK, settings.SITE_URL + reverse("offers:customer_offer", args=[token]))


def _claim(mail: SentMail) -> bool:
    free = SentMail.objects.filter(pk=mail.pk, state=State.WAITING)
    return bool(free.update(state=State.CLAIMED, claimed_at=timezone.now()))


def _refusal(mail: SentMail) -> str:
    """Why it may not leave any more: an objection may have come since it was written."""
    activity = mail.activity
    if mail.document is not None and mail.document.version.state != OfferState.SENT:
        return _("The offer was withdrawn or replaced before the mail left.")
    receiver = activity.person or activity.company
    if receiver is None:
        return ""
    channel = Channel.objects.filter(kind=Channel.Kind.EMAIL, value=mail.to_address, person=activity.person)
    verdict = may_reach(receiver, Means.EMAIL, purpose=mail.purpose, channel=channel.first())
    return "" if verdict.allowed else str(verdict.reason)


def _stop(mail: SentMail, why: str) -> None:
    SentMail.objects.filter(pk=mail.pk).update(state=State.FAILED, claimed_at=None, error=why[:300])
    tell_author(mail)


def _give_back(mail: SentMail, error: Exception) -> None:
    """Try again after two minutes, four, eight; then the author decides."""
    is_last = mail.attempts + 1 >= MOST_ATTEMPTS
    if is_last:
        tell_author(mail)
    SentMail.objects.filter(pk=mail.pk).update(
        state=State.FAILED if is_last else State.WAITING,
        claimed_at=None,
        attempts=F("attempts") + 1,
        due_at=timezone.now() + FIRST_PAUSE * 2**mail.attempts,
        error=f"{type(error).__name__}: {error}"[:300],
    )
