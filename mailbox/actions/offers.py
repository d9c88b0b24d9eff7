"""Sending an offer by mail: the version goes to the customer and its mail is written, both or neither."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from accounts.models import User
from activities.actions import About
from contacts.models import Channel
from core.form_keys import wait_for_twin
from mailbox.actions.writing import MailText, write_mail
from mailbox.models import SentMail
from mailbox.placeholders import NUMBER, said_later
from offers.actions import keep_document, mark_sent
from offers.models import OfferVersion


@transaction.atomic
def send_offer(
    version: OfferVersion,
    to: Channel,
    mail: MailText,
    *,
    seen_revision: int,
    actor: User,
    form_key: UUID,
) -> SentMail:
    """Send a version to one address of the customer, with its PDF and the link; it leaves in the background.

    A version that lies with the customer already is sent once more. The same `form_key` again answers the
    mail it wrote. Raises what mark_sent and write_mail raise.
    """
    wait_for_twin(form_key)
    if (already := SentMail.objects.filter(activity__form_key=form_key).first()) is not None:
        return already
    version = mark_sent(version, seen_revision=seen_revision, actor=actor)
    number = version.offer.number or ""
    mail = replace(
        mail,
        subject=said_later(mail.subject, NUMBER, number),
        text=said_later(mail.text, NUMBER, number),
    )
    about = About(deal=version.offer.deal, company=to.company, person=to.person)
    return write_mail(about, to, mail, actor=actor, form_key=form_key, document=keep_document(version))
