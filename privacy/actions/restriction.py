"""Restricting what may be done with a person's data (Art. 18 GDPR), and lifting it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.models import Person
from core import events
from privacy.errors import AlreadyErased, NothingRestricted, RestrictionStands


@transaction.atomic
def restrict_person(person: Person, reason: str, *, actor: User | None) -> Person:
    """From now on only name and notice are shown; nobody edits, calls, mails or exports the person."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erased_at is not None:
        raise AlreadyErased(_("This person was erased already."))
    if person.restricted_at is not None:
        raise RestrictionStands(_("The data of this person are restricted already."))
    person.restricted_at, person.restriction_reason = timezone.now(), reason
    person.version += 1
    person.save(update_fields=["restricted_at", "restriction_reason", "version", "updated_at"])
    events.record("person.restricted", person, actor=actor)
    return person


@transaction.atomic
def lift_restriction(person: Person, *, actor: User | None) -> Person:
    """The data may be worked with again; whoever asked for the restriction is told before (Art. 18 (3))."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.restricted_at is None:
        raise NothingRestricted(_("The data of this person are not restricted."))
    person.restricted_at, person.restriction_reason = None, ""
    person.version += 1
    person.save(update_fields=["restricted_at", "restriction_reason", "version", "updated_at"])
    events.record("person.unrestricted", person, actor=actor)
    return person
