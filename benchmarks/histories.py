"""A person with whom thousands of things were done, as after many years of trade."""

from datetime import datetime, timedelta
from random import Random

from activities.models import Activity
from benchmarks import words
from contacts.models import Company, Person

ENTRIES = 5_000
NAME = "Vielbesprochen"


def write_history(author_id: int, now: datetime, rng: Random) -> None:
    """One person at a company, and their calls of the last years: one every few hours."""
    person = Person.objects.create(first_name="Vera", last_name=NAME)
    company = Company.objects.create(name=f"{NAME} Maschinenbau GmbH")
    person.employments.create(company=company, position="Einkauf")
    Activity.objects.bulk_create(
        Activity(
            kind=Activity.Kind.CALL,
            direction="out",
            result="decision_maker",
            person=person,
            author_id=author_id,
            text=rng.choice(words.NOTES),
            at=now - timedelta(hours=5 * number),
        )
        for number in range(ENTRIES)
    )
