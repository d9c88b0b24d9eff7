"""What is known of a person beyond the facts: interests, preferences, what matters to them."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from contacts.actions.contact import lock
from contacts.models import Person, PersonInterest, PersonValue
from core import events
from core.keys import folded


@transaction.atomic
def note_interest(person: Person, text: str, *, kind: str, source: str = "", actor: User) -> PersonInterest:
    """Note an interest or a preference; the same word again is renewed with its source and of today."""
    person = lock(person)
    said = {"text": text, "kind": kind, "source": source, "noted_on": timezone.localdate()}
    known = person.interests.alias(key=folded(text)).filter(sort_key=F("key")).first()
    if known is None:
        interest: PersonInterest = person.interests.create(**said)
    else:
        interest = known
        for name, value in said.items():
            setattr(interest, name, value)
        interest.save(update_fields=list(said))
    events.record("person.known_better", person, actor=actor)
    return interest


@transaction.atomic
def forget_interest(person: Person, key: int, *, actor: User) -> None:
    """Take an interest away; the audit keeps it. Twice is a no-op."""
    person = lock(person)
    person.interests.filter(pk=key).delete()
    events.record("person.known_better", person, actor=actor)


@transaction.atomic
def state_value(person: Person, value: str, *, weight: int, source: str = "", actor: User) -> PersonValue:
    """Note that something matters to a person, and how much; said again, the last word counts."""
    person = lock(person)
    said = {"weight": weight, "source": source, "noted_on": timezone.localdate()}
    stated, _is_new = person.values.update_or_create(value=value, defaults=said)
    events.record("person.known_better", person, actor=actor)
    return stated


@transaction.atomic
def drop_value(person: Person, key: int, *, actor: User) -> None:
    """Note that it does not matter to the person any more; the audit keeps it. Twice is a no-op."""
    person = lock(person)
    person.values.filter(pk=key).delete()
    events.record("person.known_better", person, actor=actor)
