"""Taking mails in: each once, whatever is wrong with it, and what a person decides about those that wait."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.actions import About, MailFacts, log_mail
from contacts.actions import ChannelFacts, add_channel
from contacts.models import Channel, Company, Person
from contacts.stand import Told
from core import events
from mailbox.errors import MailDecidedMeanwhile
from mailbox.filing import Customer, Decision, decide, with_deal
from mailbox.folding import fold
from mailbox.mail_leads import becomes_lead, make_lead_of_mail
from mailbox.models import Filing, IgnoredSender, Mailbox, Reason, SentMail, TakenMail
from mailbox.reading import Letter, UnreadableMail, id_of_bytes, read_letter
from mailbox.sending import tell_author

State = TakenMail.State
KNOWN = "known"
MOST_AT_ONCE = 200


def take_in(raw: bytes, mailbox: Mailbox) -> str:
    """File, queue or reject one mail; answer which (`filed`, `queued`, `rejected`, `known`).

    Known is what was taken in before, and what was sent from here. A mail that cannot be read is kept as
    rejected, with its bytes.
    """
    try:
        letter = read_letter(raw)
    except UnreadableMail:
        return reject_raw(raw, mailbox, Reason.UNREADABLE)
    with transaction.atomic():
        if is_known(letter.message_id):
            return KNOWN
        _note_bounce(letter)
        decision = decide(letter, mailbox)
        mail, is_new = _keep(letter, decision, mailbox, raw)
        if not is_new:
            return KNOWN
        for customer in decision.customers:
            _file(mail, customer, decision.sent_by)
        if becomes_lead(mail):
            make_lead_of_mail(mail, actor=None)
    return mail.state


def reject_raw(raw: bytes, mailbox: Mailbox, reason: str) -> str:
    """Keep what could not become a letter (unreadable, or the head of one too large)."""
    mail, is_new = TakenMail.objects.get_or_create(
        message_id=id_of_bytes(raw),
        defaults={
            "mailbox": mailbox,
            "state": State.REJECTED,
            "reason": reason,
            "at": timezone.now(),
        },
    )
    if not is_new:
        return KNOWN
    _keep_bytes(mail, raw)
    return State.REJECTED


def is_known(message_id: str) -> bool:
    """Whether the mail was taken in before, or was sent from here."""
    return (
        TakenMail.objects.filter(message_id=message_id).exists()
        or SentMail.objects.filter(message_id=message_id).exists()
    )


@transaction.atomic
def assign_mail(
    mail: TakenMail, contact: Person | Company, *, remember: bool, actor: User
) -> list[TakenMail]:
    """File a waiting mail with a contact; answer it and the others that were filed with it.

    With `remember` the address becomes a channel of the contact, and what else waits from it is filed, too.
    """
    mail = _waiting(mail)
    address = mail.others[0] if mail.others else ""
    filed = [mail]
    if remember and address:
        add_channel(contact, ChannelFacts(Channel.Kind.EMAIL, address), Told(source="mail"), actor=actor)
        same = TakenMail.objects.select_for_update().waiting().filter(mailbox__use=Mailbox.Use.INBOX)
        filed += same.filter(from_address=address).exclude(pk=mail.pk).order_by("pk")[:MOST_AT_ONCE]
    for each in filed:
        customer = Customer(person=contact) if isinstance(contact, Person) else Customer(company=contact)
        _decided(each, State.FILED, "", actor)
        _file(each, with_deal(customer, each.answers), each.sent_by or actor)
    events.record("mail.filed", mail, actor=actor, count=len(filed))
    return filed


@transaction.atomic
def reject_mail(mail: TakenMail, reason: str, *, ignore_sender: bool, actor: User) -> TakenMail:
    """Take a waiting mail out of the queue; with `ignore_sender` later ones of the address, too."""
    mail = _waiting(mail)
    _decided(mail, State.REJECTED, reason, actor)
    if ignore_sender and mail.from_address:
        IgnoredSender.objects.get_or_create(address=mail.from_address, defaults={"by": actor})
    events.record("mail.rejected", mail, actor=actor, reason=reason)
    return mail


@transaction.atomic
def requeue_mail(mail: TakenMail, *, actor: User) -> TakenMail:
    """Put a rejected mail back into the queue; its sender is no longer ignored."""
    mail = TakenMail.objects.select_for_update().get(pk=mail.pk)
    if mail.state != State.REJECTED:
        raise MailDecidedMeanwhile(_("Somebody else has decided about this mail in the meantime."))
    IgnoredSender.objects.filter(address=mail.from_address).delete()
    _decided(mail, State.QUEUED, Reason.UNKNOWN, actor)
    events.record("mail.requeued", mail, actor=actor)
    return mail


def _keep(letter: Letter, decision: Decision, mailbox: Mailbox, raw: bytes) -> tuple[TakenMail, bool]:
    mail, is_new = TakenMail.objects.get_or_create(
        message_id=letter.message_id,
        defaults={
            "mailbox": mailbox,
            "state": decision.state,
            "reason": decision.reason,
            "direction": decision.direction,
            "from_address": letter.sender.address,
            "from_name": letter.sender.name,
            "others": decision.others,
            "subject": letter.subject,
            "text": letter.text,
            "attachment_names": letter.attachment_names,
            "is_automatic": letter.is_automatic,
            "sent_by": decision.sent_by,
            "answers": letter.answers,
            "at": letter.at,
        },
    )
    if is_new:
        _keep_bytes(mail, raw)
    return mail, is_new


def _keep_bytes(mail: TakenMail, raw: bytes) -> None:
    mail.raw.save(f"{get_random_string(24)}.eml", ContentFile(raw))


def _file(mail: TakenMail, customer: Customer, author: User | None) -> None:
    """An entry on the timeline: in the name of who sent the copy, else of who is in charge."""
    contact = customer.person or customer.company
    in_charge = author or getattr(customer.deal, "owner", None) or getattr(contact, "owner", None)
    activity = log_mail(
        About(deal=customer.deal, company=customer.company, person=customer.person),
        MailFacts(subject=mail.subject, text=fold(mail.text).shown, direction=mail.direction, at=mail.at),
        actor=in_charge or mail.mailbox.keeper,
    )
    Filing.objects.create(mail=mail, activity=activity)


def _note_bounce(letter: Letter) -> None:
    """A report about a mail of ours: its author is told by its state."""
    if letter.is_bounce and letter.answers:
        sent = SentMail.objects.filter(message_id__in=letter.answers, state=SentMail.State.SENT)
        for mail in sent.select_for_update(of=("self",)).select_related("activity__author"):
            mail.state, mail.error = SentMail.State.BOUNCED, letter.subject
            mail.save(update_fields=["state", "error"])
            tell_author(mail)


def _waiting(mail: TakenMail) -> TakenMail:
    mail = TakenMail.objects.select_for_update(of=("self",)).select_related("mailbox").get(pk=mail.pk)
    if mail.state != State.QUEUED:
        raise MailDecidedMeanwhile(_("Somebody else has decided about this mail in the meantime."))
    return mail


def _decided(mail: TakenMail, state: str, reason: str, actor: User) -> None:
    mail.state, mail.reason, mail.decided_by, mail.decided_at = state, reason, actor, timezone.now()
    mail.save(update_fields=["state", "reason", "decided_by", "decided_at"])
