"""What hangs on a person by an address only: mails taken in and sent, inquiries that nobody has linked."""

from collections.abc import Iterable, Iterator, Sequence

from django.apps import apps
from django.db import models
from django.db.models import Q

from contacts.models import Channel, Person
from leads.models import Lead
from mailbox.models import IgnoredSender, SentMail, TakenMail


def inquiries_of(entries: Sequence[Person]) -> Iterator[models.Model]:
    """Leads with an address or number of this person that were not linked to anybody."""
    theirs = Q(pk=None)
    for kind, value in reach_of(entries):
        theirs |= Q(email__iexact=value) if kind == Channel.Kind.EMAIL else Q(phone=value)
    yield from Lead.objects.filter(theirs, person=None)


def mails_of(entries: Sequence[Person], activities: Iterable[object]) -> Iterator[models.Model]:
    """Mails from and to this person's addresses, those filed as their entries, and addresses ignored."""
    taken, ignored, sent = Q(filings__activity__in=list(activities)), Q(pk=None), Q(pk=None)
    for kind, address in reach_of(entries):
        if kind == Channel.Kind.EMAIL:
            taken |= Q(from_address__iexact=address) | Q(others__contains=[address])
            ignored |= Q(address__iexact=address)
            sent |= Q(to_address__iexact=address)
    yield from TakenMail.objects.filter(taken).distinct()
    yield from IgnoredSender.objects.filter(ignored)
    yield from SentMail.objects.filter(sent)


def is_filed_elsewhere(mail: TakenMail, activities: Iterable[object]) -> bool:
    """Whether the mail stands on the timeline of somebody else, too."""
    return mail.filings.exclude(activity__in=list(activities)).exists()


def reach_of(entries: Sequence[Person]) -> list[tuple[str, str]]:
    """Kind and value of every number and address they have or had, but for those that others have, too."""
    values = [pair for entry in entries for pair in _present_and_past(entry) if pair[1]]
    shared = Channel.objects.filter(value__in=[value for _kind, value in values])
    others = set(shared.exclude(person__in=entries).values_list("value", flat=True))
    return [(kind, value) for kind, value in values if value not in others]


def _present_and_past(entry: Person) -> set[tuple[str, str]]:
    past = apps.get_model("contacts", "ChannelEvent")
    return {
        pair
        for channels in (entry.channels.all(), past._base_manager.filter(person_id=entry.pk))
        for pair in channels.values_list("kind", "value")
    }
