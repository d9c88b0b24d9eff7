"""Mails that were taken in: they hang on a person by the entry they were filed as, or by an address."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import Q

from contacts.models import Channel, Person
from mailbox.models import IgnoredSender, TakenMail


def mails_of(person: Person, activities: Iterable[object]) -> Iterator[models.Model]:
    """Mails of this person's addresses, those filed as their entries, and their addresses as ignored ones."""
    theirs, ignored = Q(filings__activity__in=list(activities)), Q(pk=None)
    emails = Channel.objects.filter(person=person, kind=Channel.Kind.EMAIL)
    for address in emails.values_list("value", flat=True):
        theirs |= Q(from_address__iexact=address) | Q(others__contains=[address])
        ignored |= Q(address__iexact=address)
    yield from TakenMail.objects.filter(theirs).distinct()
    yield from IgnoredSender.objects.filter(ignored)


def is_filed_elsewhere(mail: TakenMail, activities: Iterable[object]) -> bool:
    """Whether the mail stands on the timeline of somebody else, too."""
    return mail.filings.exclude(activity__in=list(activities)).exists()
