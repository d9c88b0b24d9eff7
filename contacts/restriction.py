"""Persons whose data must not be worked with (Art. 18 GDPR): only the name and a notice are shown."""

from contacts.models import Person


def restricted_person(pk: int) -> Person | None:
    """The person with this key when their data are restricted; nothing but names and dates is loaded."""
    restricted = Person.objects.filter(pk=pk).exclude(restricted_at=None)
    return restricted.only("title", "first_name", "last_name", "restricted_at", "erased_at").first()
