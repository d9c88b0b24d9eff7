"""A mail of somebody unknown becomes a lead: by one click, or by itself where the mailbox says so."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activities.actions import About, MailFacts, log_mail
from leads.actions import LeadFacts, TouchFacts, take_inquiry
from leads.models import Lead, LeadOrigin, Recognition, TouchChannel
from mailbox.folding import fold
from mailbox.models import Filing, Reason, TakenMail

State, Direction = TakenMail.State, TakenMail.Direction
LONGEST_NOTE = 5000


def becomes_lead(mail: TakenMail) -> bool:
    """Whether it does so by itself: a person nobody knows wrote to a mailbox that makes leads."""
    return (
        mail.mailbox.makes_leads
        and mail.state == State.QUEUED
        and mail.reason == Reason.UNKNOWN
        and mail.direction == Direction.INBOUND
        and not mail.is_automatic
    )


def make_lead_of_mail(mail: TakenMail, *, actor: User | None) -> Lead | Recognition:
    """Make a lead of a mail that waits (locked by the caller) and file it; of somebody we know a touch."""
    shown = fold(mail.text).shown
    made = take_inquiry(
        _facts(mail, shown),
        touch=TouchFacts(
            channel=TouchChannel.EMAIL, at=mail.at, source=mail.mailbox.lead_source, content=mail.subject
        ),
        actor=actor,
        origin=LeadOrigin.MAIL,
        owner=actor,
        why=_("Made of a mail.") if actor else "",
    )
    about = About(lead=made) if isinstance(made, Lead) else About(lead=made.known_lead, person=made.person)
    entry = log_mail(
        about,
        MailFacts(subject=mail.subject, text=shown, direction=mail.direction, at=mail.at),
        actor=actor or mail.mailbox.keeper,
    )
    Filing.objects.create(mail=mail, activity=entry)
    mail.state, mail.reason, mail.decided_by, mail.decided_at = State.FILED, "", actor, timezone.now()
    mail.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    return made


def _facts(mail: TakenMail, shown: str) -> LeadFacts:
    address = mail.others[0] if mail.others else mail.from_address
    first, _blank, last = (
        mail.from_name.strip().rpartition(" ") if address == mail.from_address else ("", "", "")
    )
    return LeadFacts(
        first_name=first[:80],
        last_name=last[:80],
        email=address,
        interest=mail.subject[:200],
        note=shown[:LONGEST_NOTE],
    )
