"""Photos of persons."""

from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from contacts.actions.contact import lock
from contacts.models import Person
from contacts.stand import Origin, record_stand
from core import events


@transaction.atomic
def set_photo(person: Person, photo: ContentFile | None, *, actor: User) -> Person:
    """Keep a photo (of contacts.photos.redrawn) in place of the one before; None takes it away."""
    person = lock(person)
    before, storage = person.photo.name, person.photo.storage
    if photo is None:
        person.photo = ""
    else:
        # Nobody guesses the name of a file from the key of a person.
        person.photo.save(f"{uuid4().hex}.jpg", photo, save=False)
    person.version += 1
    person.save(update_fields=["photo", "version", "updated_at"])
    record_stand(person, ["photo"], origin=Origin.TYPED, by=actor)
    events.record("person.edited", person, actor=actor)
    if before:
        transaction.on_commit(lambda: storage.delete(before))
    return person
