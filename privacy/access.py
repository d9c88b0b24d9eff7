"""Whose data may be decided on by whom."""

from django.http import Http404

from accounts.models import User
from contacts.models import Person, PersonQuerySet


def all_persons() -> PersonQuerySet:
    """Everyone, the restricted too: for admins, who decide on their data."""
    return Person.objects.all()


def person_for(user: User, pk: int) -> Person:
    """The person; Http404 when there is none or (but for admins) their data must not be looked at."""
    persons = all_persons() if user.is_admin else Person.objects.visible_to(user)
    person = persons.filter(pk=pk).first()
    if person is None:
        raise Http404
    return person
