"""The numbers of an entry: whose, whether the law lets us call, and what time it is over there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from activities.subjects import Subject
from contacts.models import Channel
from contacts.phones import Clock, clocks
from contacts.templatetags.law import channel_link
from leads.models import Lead
from leads.reach import Reach
from leads.templatetags.leads import lead_reach

MOST_NUMBERS = 12


@dataclass(frozen=True)
class Number:
    """A number to call; without `href` nothing leads there, and the badge says why."""

    who: str
    text: str
    href: str
    badge: object
    law_url: str
    clocks: list[Clock]


def numbers_of(subject: Subject, now: datetime) -> list[Number]:
    """Every number, that of the inquiry first, each once, those one may call before the others."""
    once: dict[str, Number] = {}
    for value, number in _numbers(subject, now):
        once.setdefault(value, number)
    return sorted(once.values(), key=lambda number: not number.href)[:MOST_NUMBERS]


def _numbers(subject: Subject, now: datetime) -> Iterator[tuple[str, Number]]:
    if isinstance(subject.row, Lead) and (found := Reach(subject.row).phone):
        shown = lead_reach(found, "phone", subject.row)
        yield found[0], _number(str(subject.row), found[0], {**shown, "law_url": ""}, now)
    for person in subject.callable_people():
        for channel in person.phones:  # type: ignore[attr-defined]
            yield channel.value, _number(str(person), channel.value, channel_link(channel), now)
    for channel in subject.company_phones():
        yield channel.value, _number(_front_desk(channel), channel.value, channel_link(channel), now)


def _front_desk(channel: Channel) -> str:
    return channel.label or _("Front desk")


def _number(who: str, value: str, shown: dict[str, object], now: datetime) -> Number:
    text = str(shown["text"])
    return Number(
        who=who,
        text=text,
        href=str(shown["href"]),
        badge=shown["badge"],
        law_url=str(shown["law_url"]),
        # What must not be worked with tells nothing at all.
        clocks=clocks(value, now) if text else [],
    )
