"""E-mails on the timeline; the app `mailbox` writes them and takes them in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from activities.actions.entries import note_lead_contact, write_once
from activities.actions.links import About
from activities.models import Activity
from core import events

LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class MailFacts:
    """What stands on the timeline of a mail: `text` without what it quotes, `direction` as for calls."""

    subject: str
    text: str
    direction: str
    at: datetime


@transaction.atomic
def log_mail(about: About, facts: MailFacts, *, actor: User, form_key: UUID | None = None) -> Activity:
    """Put a mail on the timeline; of a very long text only its beginning.

    The same `form_key` again answers the entry it wrote.
    """
    mail, is_new = write_once(
        form_key,
        {
            **about.links(),
            "kind": Activity.Kind.MAIL,
            "author": actor,
            "subject": facts.subject,
            "text": facts.text[:LONGEST_TEXT],
            "direction": facts.direction,
            "at": facts.at,
        },
    )
    if is_new:
        note_lead_contact(mail, actor=actor)
        events.record("activity.logged", mail, actor=actor, activity_kind=mail.kind)
    return mail
