"""What the dialog "May I call or write?" shows of one contact."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from contacts.lawful import CONTRACT, Contact, Verdict, judge, may_reach
from contacts.models import Channel, Company, Employment, LegalEntry, Means
from contacts.models.law import MEANS_OF_CHANNEL
from contacts.verdicts import standing

MOST_LINES = 50


@dataclass(frozen=True)
class Answer:
    """The verdict of one means, and of each number or address where they differ."""

    means: Means
    verdict: Verdict
    channels: list[Channel]
    may_write_contract: bool


@dataclass(frozen=True)
class Record:
    """The answers and the lines they follow from, the latest first."""

    answers: list[Answer]
    lines: list[LegalEntry]
    in_force: set[int]
    is_private: bool


def read_record(contact: Contact) -> Record:
    """Everything the dialog shows."""
    channels = [channel for channel in contact.channels.all() if channel.kind in MEANS_OF_CHANNEL]
    judge(channels)
    lines = list(_lines(contact)[:MOST_LINES])
    return Record(
        answers=[_answer(contact, Means(means), channels) for means in Means.values],
        lines=lines,
        in_force={line.pk for line in _in_force(lines)},
        is_private=not isinstance(contact, Company) and not contact.employments.present().exists(),
    )


def _answer(contact: Contact, means: Means, channels: list[Channel]) -> Answer:
    return Answer(
        means=means,
        verdict=may_reach(contact, means),
        channels=[channel for channel in channels if MEANS_OF_CHANNEL[channel.kind] == means],
        may_write_contract=may_reach(contact, means, purpose=CONTRACT).allowed,
    )


def _lines(contact: Contact) -> QuerySet[LegalEntry]:
    """Their own lines and those of the companies they work for, with how often each was used."""
    about = Q(company=contact) if isinstance(contact, Company) else Q(person=contact)
    if not isinstance(contact, Company):
        about |= Q(company__in=Employment.objects.present().filter(person=contact).values("company"))
    lines = LegalEntry.objects.filter(about).select_related("company", "recorded_by")
    return lines.annotate(use_count=Count("uses"), last_used_at=Max("uses__at")).order_by("-pk")


def _in_force(lines: list[LegalEntry]) -> list[LegalEntry]:
    """The permissions that hold, means by means and address by address."""
    oldest_first = list(reversed(lines))
    return [
        line
        for line in lines
        if line in standing([other for other in oldest_first if _is_about_the_same(other, line)])
    ]


def _is_about_the_same(other: LegalEntry, line: LegalEntry) -> bool:
    return other.means == line.means and other.value in ("", line.value)
