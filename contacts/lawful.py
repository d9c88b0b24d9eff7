"""May we call, mail or write to this contact? Reads what is on record and asks the rules (contacts.verdicts).

Whoever calls, sends or shows a number asks here: the send functions by `refuse_unlawful`, pages by `judge`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from contacts.errors import ReachRefused
from contacts.models import Channel, Company, Employment, LegalEntry, Means, Person
from contacts.models.law import MEANS_OF_CHANNEL
from contacts.suppression import normal, suppressed
from contacts.verdicts import ADVERTISING, CONTRACT, Case, State, Verdict, decide

__all__ = [
    "ADVERTISING",
    "CONTRACT",
    "State",
    "Verdict",
    "judge",
    "may_reach",
    "may_reach_each",
    "refuse_unlawful",
]

# What a company allowed for itself says nothing of the addresses of its people; objections and the presumed
# consent to calls do.
OF_THEIR_OWN = (LegalEntry.Kind.CONSENT, LegalEntry.Kind.CUSTOMER)

Contact = Company | Person
# A contact, a means, and the number or address; empty where none is known.
Question = tuple[Contact, str, str]


def may_reach(
    row: Contact, means: str, *, purpose: str = ADVERTISING, channel: Channel | str | None = None
) -> Verdict:
    """Whether this company or person may be reached by `phone`, `email` or `letter`.

    `purpose` is `advertising` (whatever is to sell) or `contract` (answers, offers asked for, orders).
    Without a channel: by any of theirs.
    """
    values = [str(channel)] if channel is not None else _values(row, means)
    verdicts = [decide(case, purpose) for case in _cases([(row, means, value) for value in values])]
    return next((verdict for verdict in verdicts if verdict.allowed), verdicts[0])


def may_reach_each(rows: Sequence[Contact], means: str, *, purpose: str = ADVERTISING) -> dict[int, Verdict]:
    """By key the verdict of each of some companies or persons, whose channels are loaded: in four queries."""
    questions = [(row, means, value) for row in rows for value in _values(row, means)]
    found: dict[int, Verdict] = {}
    for (row, _means, _value), case in zip(questions, _cases(questions), strict=True):
        verdict = decide(case, purpose)
        if row.pk not in found or (verdict.allowed and not found[row.pk].allowed):
            found[row.pk] = verdict
    return found


def refuse_unlawful(
    row: Contact, means: str, *, purpose: str = ADVERTISING, channel: Channel | str | None = None
) -> Verdict:
    """The verdict that allows it; raises ReachRefused with the reason where the law does not."""
    verdict = may_reach(row, means, purpose=purpose, channel=channel)
    if not verdict.allowed:
        raise ReachRefused(verdict.reason)
    return verdict


def judge(channels: Iterable[Channel], *, purpose: str = ADVERTISING) -> None:
    """Give each telephone number and e-mail address its `verdict`, all of them in four queries at most."""
    asked = [channel for channel in channels if channel.kind in MEANS_OF_CHANNEL]
    owners = _owners(asked)
    questions = [(owners[_key(channel)], MEANS_OF_CHANNEL[channel.kind], channel.value) for channel in asked]
    for channel, case in zip(asked, _cases(questions), strict=True):
        channel.verdict = decide(case, purpose)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Record:
    """What is on record of some contacts: who works where, and every line, oldest first."""

    employers: dict[int, set[int]]
    lines: dict[tuple[str, int], list[LegalEntry]]

    def of(self, contact: Contact, means: str, value: str) -> list[LegalEntry]:
        """The lines that say something of this number or address."""
        own = [line for line in self.lines[_contact_key(contact)] if _is_about(line, means, value)]
        if isinstance(contact, Company):
            return own
        theirs = [
            line
            for company in self.employers[contact.pk]
            for line in self.lines["company", company]
            if line.value or line.kind not in OF_THEIR_OWN
            if _is_about(line, means, value)
        ]
        return sorted([*own, *theirs], key=lambda line: line.pk)


def _cases(questions: Sequence[Question]) -> list[Case]:
    record = _record({contact for contact, _means, _value in questions})
    blocked = suppressed((means, value) for _contact, means, value in questions if value)
    return [
        Case(
            means=means,
            is_business=isinstance(contact, Company) or bool(record.employers[contact.pk]),
            is_erased=isinstance(contact, Person) and contact.erased_at is not None,
            is_restricted=isinstance(contact, Person) and contact.restricted_at is not None,
            suppression=blocked.get((means, value)),
            entries=record.of(contact, means, value),
        )
        for contact, means, value in questions
    ]


def _record(contacts: set[Contact]) -> Record:
    persons = {contact.pk for contact in contacts if isinstance(contact, Person)}
    companies = {contact.pk for contact in contacts if isinstance(contact, Company)}
    employers: dict[int, set[int]] = defaultdict(set)
    if persons:
        present = Employment.objects.present().filter(person__in=persons)
        for person, company in present.values_list("person", "company"):
            employers[person].add(company)
    lines: dict[tuple[str, int], list[LegalEntry]] = defaultdict(list)
    asked = companies.union(*employers.values())
    if persons or asked:
        for line in LegalEntry.objects.filter(Q(person__in=persons) | Q(company__in=asked)).order_by("pk"):
            key = ("person", line.person_id) if line.person_id else ("company", line.company_id or 0)
            lines[key].append(line)
    return Record(employers, lines)


def _is_about(line: LegalEntry, means: str, value: str) -> bool:
    return line.means == means and (not line.value or normal(means, line.value) == normal(means, value))


def _owners(channels: Sequence[Channel]) -> dict[tuple[str, int], Contact]:
    """The companies and persons of these channels; what is loaded already is not read again."""
    people = {channel.person_id for channel in channels if channel.person_id}
    owners: dict[tuple[str, int], Contact] = {}
    if people:
        known = Person.objects.filter(pk__in=people).only("restricted_at", "erased_at")
        owners.update({("person", person.pk): person for person in known})
    for channel in channels:
        if channel.company_id:
            owners["company", channel.company_id] = Company(pk=channel.company_id)
    return owners


def _key(channel: Channel) -> tuple[str, int]:
    return ("person", channel.person_id) if channel.person_id else ("company", channel.company_id or 0)


def _contact_key(contact: Contact) -> tuple[str, int]:
    return ("company" if isinstance(contact, Company) else "person", contact.pk)


def _values(row: Contact, means: str) -> list[str]:
    """Their numbers or addresses of a means; one empty value when none is known."""
    if means == Means.LETTER:
        values = [letter_address(row, str(address)) for address in row.addresses.all()]
    else:
        kinds = [kind for kind, by in MEANS_OF_CHANNEL.items() if by == means]
        values = [channel.value for channel in row.channels.all() if channel.kind in kinds]
    return values or [""]


def letter_address(row: Contact, address: str) -> str:
    """Who and where, as the list of those who want no letters keeps it."""
    return f"{row} {address}"
