"""What fits a text: companies and persons by name, number or address; deals by title or customer.

Every word has to be somewhere in the name, in any order, umlauts and case folded. Where that finds too
little, names that look alike fill up (word similarity of trigrams, PostgreSQL's pg_trgm): a typing error does
no harm. Two letters are looked for at the beginning of names only; anywhere would be nearly everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Case, IntegerField, Q, Value, When

from accounts.models import User
from contacts.models import Company, ContactQuerySet, Person
from contacts.phones import parsed
from core.keys import folded
from pipeline.models import Deal, DealQuerySet, Outcome

Contact = TypeVar("Contact", Company, Person)

LONGEST_TEXT = 100
SHORTEST_TEXT = 2
SHORTEST_PART = 3
SHORTEST_ALIKE = 4
FEWEST_DIGITS = 6
# From here on words look alike, 0 to 1: "Grauenstien" is found for Grauenstein, "Mueler" for Müller.
ALIKE = 0.45
OPEN_FIRST = Case(When(outcome=Outcome.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())


@dataclass(frozen=True)
class Found:
    """The rows that fit, the most fitting first."""

    deals: list[Deal]
    companies: list[Company]
    persons: list[Person]


def understood(text: str) -> str:
    """What was typed, as it can be looked for: without NUL and needless blanks, not endless."""
    return " ".join(text.replace("\0", "").split())[:LONGEST_TEXT]


@transaction.atomic
def find(user: User, text: str, *, size: int) -> Found:
    """Up to `size` rows of each kind among those this user may see; none for a single letter."""
    if len(text) < SHORTEST_TEXT:
        return Found([], [], [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE)])
    companies = _contacts(Company, user, text, size)
    persons = _contacts(Person, user, text, size)
    return Found(_deals(user, text, companies, persons, size), companies, persons)


def _contacts(kind: type[Contact], user: User, text: str, size: int) -> list[Contact]:
    """Reached by this number or address, named so (those whose name begins so first), or named alike."""
    rows = kind.objects.visible_to(user).current()
    found: list[Contact] = _reached(rows, text)
    named = rows.named(text) if len(text) >= SHORTEST_PART else rows.starting(text)
    begins = Case(
        When(sort_key__startswith=folded(text), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found += _others(named.order_by(begins, "sort_key", "pk"), found, size)
    if len(found) < size and len(text) >= SHORTEST_ALIKE:
        alike = rows.filter(sort_key__trigram_word_similar=folded(text))
        likeness = TrigramWordSimilarity(folded(text), "sort_key")  # type: ignore[arg-type]
        found += _others(alike.order_by(likeness.desc(), "sort_key", "pk"), found, size)
    return found


def _reached(rows: ContactQuerySet, text: str) -> list:
    """Those with exactly this telephone number or e-mail address."""
    value = text if "@" in text else _number(text)
    return list(rows.filter(channels__value=value).distinct().order_by("sort_key", "pk")[:3]) if value else []


def _number(text: str) -> str:
    if sum(letter.isdigit() for letter in text) < FEWEST_DIGITS:
        return ""
    try:
        return parsed(text)
    except ValidationError:
        return ""


def _deals(
    user: User, text: str, companies: Sequence[Company], persons: Sequence[Person], size: int
) -> list[Deal]:
    """Every word in title or customer; then titles that look alike, and deals of the customers found."""
    deals = Deal.objects.visible_to(user).current().select_related("company", "person")
    deals = deals.order_by(OPEN_FIRST, "-opened_at", "-pk")
    found = list(deals.naming(text)[:size]) if len(text) >= SHORTEST_PART else []
    if len(found) < size:
        near = Q(company__in=companies) | Q(person__in=persons)
        if len(text) >= SHORTEST_ALIKE:
            near |= Q(title_key__trigram_word_similar=folded(text))
        found += _others(deals.filter(near), found, size)
    return found


def _others(
    rows: ContactQuerySet | DealQuerySet, found: Sequence[Company | Person | Deal], size: int
) -> list:
    """More rows, up to `size` in all."""
    return list(rows.exclude(pk__in=[row.pk for row in found])[: size - len(found)])
