"""Whom a mail belongs to: a pure decision from its addresses, without writing anything."""

import re
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import User
from contacts.models import Channel, Company, Person
from mailbox.drop_box import proves
from mailbox.models import IgnoredSender, Mailbox, Reason, SentMail, TakenMail
from mailbox.reading import Letter
from pipeline.models import Deal

State, Direction = TakenMail.State, TakenMail.Direction
MOST_CUSTOMERS = 10
MOST_LINES = 60
FORWARDED = re.compile(r"^\s*(fwd?|wg|wtr|i)\s*:", re.IGNORECASE)
WRITTEN_BY = re.compile(r"^[\s>*]*(von|from|de|da)\s*:\*?.*?([\w.+%-]{1,64}@[\w.-]{1,190})", re.IGNORECASE)


@dataclass(frozen=True)
class Customer:
    """One contact a mail is filed with, and the deal it is about where that is plain."""

    person: Person | None = None
    company: Company | None = None
    deal: Deal | None = None


@dataclass(frozen=True)
class Decision:
    """What is to become of a mail."""

    state: str
    reason: str = ""
    direction: str = Direction.INBOUND
    others: list[str] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)
    sent_by: User | None = None


def decide(letter: Letter, mailbox: Mailbox) -> Decision:
    """File it with the customers among its sender and recipients, else queue it, with the reason."""
    author = User.objects.active().filter(email__iexact=letter.sender.address).first()
    if mailbox.is_drop_box:
        return _copy(letter, mailbox, author)
    if author is not None:
        return _among(_others(letter), letter, Direction.OUTBOUND, author)
    if IgnoredSender.objects.filter(address=letter.sender.address).exists():
        return Decision(State.REJECTED, Reason.IGNORED, others=[letter.sender.address])
    return _among([letter.sender.address], letter, Direction.INBOUND, None)


def customers_at(addresses: list[str]) -> tuple[list[Customer], bool]:
    """The contacts with these addresses, persons before companies; and whether one address has several.

    An address that several persons have tells nobody apart.
    """
    found: list[Customer] = []
    for address in addresses:
        channels = Channel.objects.filter(kind=Channel.Kind.EMAIL, value__iexact=address)
        persons = Person.objects.current().filter(channels__in=channels).distinct()[:2]
        companies = Company.objects.current().filter(channels__in=channels).distinct()[:2]
        rows: list[Person | Company] = [*persons] or [*companies]
        if len(rows) > 1:
            return [], True
        found += [Customer(person=row) if isinstance(row, Person) else Customer(company=row) for row in rows]
    return found[:MOST_CUSTOMERS], False


def with_deal(customer: Customer, answers: list[str]) -> Customer:
    """The customer with the deal the mail is about: that of the mail it answers, else the only open one."""
    own = Q(person=customer.person) if customer.person else Q(company=customer.company)
    if customer.person:
        own |= Q(people__person=customer.person)
    deals = Deal.objects.open().filter(own, voided_at=None).distinct()
    answered = deals.filter(pk__in=_deals_of(answers)).first()
    few = [answered] if answered else list(deals.order_by("pk")[:2])
    return Customer(customer.person, customer.company, few[0] if len(few) == 1 else None)


def _copy(letter: Letter, mailbox: Mailbox, author: User | None) -> Decision:
    """A colleague's copy: of a mail to a customer, or one of a customer that was forwarded."""
    others = _others(letter)
    reached = [recipient.address for recipient in letter.recipients] + letter.delivered_to
    if author is None or not proves(author, mailbox, reached):
        return Decision(State.QUEUED, Reason.NOT_PROVEN, Direction.OUTBOUND, others, sent_by=author)
    original = _original_sender(letter) if FORWARDED.match(letter.subject) else ""
    if original:
        return _among([original], letter, Direction.INBOUND, author)
    return _among(others, letter, Direction.OUTBOUND, author)


def _among(addresses: list[str], letter: Letter, direction: str, author: User | None) -> Decision:
    customers, are_several = customers_at(addresses)
    if customers:
        placed = [with_deal(customer, letter.answers) for customer in customers]
        return Decision(State.FILED, "", direction, addresses, placed, author)
    if are_several:
        return Decision(State.QUEUED, Reason.SEVERAL, direction, addresses, sent_by=author)
    if letter.is_automatic:
        return Decision(State.REJECTED, Reason.AUTOMATIC, direction, addresses, sent_by=author)
    reason = Reason.UNKNOWN if direction == Direction.INBOUND else Reason.NO_CUSTOMER
    return Decision(State.QUEUED, reason, direction, addresses, sent_by=author)


def _others(letter: Letter) -> list[str]:
    """The recipients that are neither colleagues nor mailboxes of ours."""
    written = list(dict.fromkeys(recipient.address for recipient in letter.recipients))
    ours = set(User.objects.filter(email__in=written).values_list("email", flat=True))
    ours |= {address.lower() for address in Mailbox.objects.values_list("address", flat=True)}
    return [address for address in written if _plain(address) not in ours and address not in ours]


def _plain(address: str) -> str:
    """Without the word behind a plus."""
    return re.sub(r"\+[^@]*", "", address)


def _original_sender(letter: Letter) -> str:
    for line in letter.text.splitlines()[:MOST_LINES]:
        if found := WRITTEN_BY.match(line[:300]):
            return found[2].lower()
    return ""


def _deals_of(answers: list[str]) -> list[int]:
    """The deals of the mails with these Message-IDs."""
    if not answers:
        return []
    written = SentMail.objects.filter(message_id__in=answers).values_list("activity__deal", flat=True)
    taken = TakenMail.objects.filter(message_id__in=answers).values_list("filings__activity__deal", flat=True)
    return [pk for pk in [*written, *taken] if pk]
