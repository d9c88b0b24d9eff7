"""Giving a colleague's customers to another."""

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from contacts.models import Company, Person


def hand_over_contacts(of: User, to: User) -> tuple[int, int]:
    """Make `to` the one in charge of the companies and persons of `of`; answer how many of each."""
    changes = {"owner": to, "version": F("version") + 1, "updated_at": timezone.now()}
    companies = Company.objects.filter(owner=of).update(**changes)
    persons = Person.objects.filter(owner=of).update(**changes)
    return companies, persons
