"""What fits a text: companies and persons (search.contacts), deals by title or customer, orders by number.

Every word has to be somewhere in the name, in any order, umlauts and case folded. Where that finds too
little, names that look alike fill up (word similarity of trigrams, PostgreSQL's pg_trgm): a typing error does
no harm. Two letters are looked for at the beginning of names only; anywhere would be nearly everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, IntegerField, Q, Value, When

from accounts.models import User
from contacts.models import Company, Person
from core.keys import fold
from offers.models import Order
from pipeline.models import Deal, DealQuerySet, Outcome
from pipeline.models.deal import says
from search.contacts import SHORTEST_ALIKE, SHORTEST_PART, find_contacts

LONGEST_TEXT = 100
SHORTEST_TEXT = 2
# A word in more names than these is found among the newest deals at once; all that fit are not sorted first.
COMMON = 3000
OPEN_FIRST = Case(When(outcome=Outcome.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())


@dataclass(frozen=True)
class Found:
    """The rows that fit, the most fitting first."""

    deals: list[Deal]
    companies: list[Company]
    persons: list[Person]
    orders: list[Order]


def understood(text: str) -> str:
    """What was typed, as it can be looked for: without NUL and needless blanks, not endless."""
    return " ".join(text.replace("\0", "").split())[:LONGEST_TEXT]


@transaction.atomic
def find(user: User, text: str, *, size: int) -> Found:
    """Up to `size` rows of each kind among those this user may see; none for a single letter."""
    if len(text) < SHORTEST_TEXT:
        return Found([], [], [], [])
    key = fold(text)
    companies = find_contacts(Company, user, text, key, size)
    persons = find_contacts(Person, user, text, key, size)
    deals = _deals(user, text, key, companies, persons, size)
    return Found(deals, companies, persons, _orders(user, text, size))


def _deals(
    user: User, text: str, key: str, companies: Sequence[Company], persons: Sequence[Person], size: int
) -> list[Deal]:
    """Every word in title or customer; then titles that look alike, and deals of the customers found."""
    deals = Deal.objects.visible_to(user).current().select_related("company", "person")
    deals = deals.order_by(OPEN_FIRST, "-opened_at", "-pk")
    if len(text) >= SHORTEST_PART and _is_common(key):
        return _newest_named(deals, key, size)
    found = list(deals.naming(text)[:size]) if len(text) >= SHORTEST_PART else []
    if len(found) < size:
        near = Q(company__in=companies) | Q(person__in=persons)
        if len(text) >= SHORTEST_ALIKE:
            near |= Q(title_key__trigram_word_similar=key)
        others = deals.filter(near).exclude(pk__in=[deal.pk for deal in found])
        found += others[: size - len(found)]
    return found


def _is_common(key: str) -> bool:
    named = Company.objects.filter(sort_key__contains=key).order_by()
    return named.values("pk")[:COMMON].count() == COMMON


def _newest_named(deals: DealQuerySet, key: str, size: int) -> list[Deal]:
    """Walks from the newest deal on, open ones first, until enough have the text in title or customer."""
    newest = deals.filter(says(key)).order_by("-opened_at", "-pk")
    found = list(newest.open()[:size])
    if len(found) < size:
        found += newest.exclude(outcome=Outcome.OPEN)[: size - len(found)]
    return found


def _orders(user: User, text: str, size: int) -> list[Order]:
    """Those whose number is or begins with the text; without a digit it is no number."""
    if not any(letter.isdigit() for letter in text):
        return []
    numbered = Order.objects.visible_to(user).select_related("company", "person")
    fitting = numbered.filter(number__startswith=text).exclude(number="")
    return list(fitting.order_by("number", "pk")[:size])
