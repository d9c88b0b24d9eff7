"""Companies and persons that fit a text: by name, number, address on the net, place or keys of the accounts.

The ways are tried one after the other, the surest first, and only as long as there is room: each goes by an
index of its own, while one condition with OR would look at every row.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower, Upper

from accounts.models import User
from contacts.models import Address, Channel, Company, ContactQuerySet, Person
from contacts.models.reach import place_key
from contacts.phones import parsed
from core.keys import MOST_WORDS

Contact = TypeVar("Contact", Company, Person)

SHORTEST_PART = 3
SHORTEST_ALIKE = 4
FEWEST_DIGITS = 4
# From here on words look alike, 0 to 1: "Grauenstien" is found for Grauenstein, "Mueler" for Müller. Of
# several words a common one makes thousands alike: more has to fit first, less only if that finds nothing.
ALIKE = (0.45,)
ALIKE_IN_SEVERAL_WORDS = (0.68, 0.5)
# Of so many words one may be the place, the others are in the name.
MOST_PLACED = 3
# Of more rows than these nobody reads who they belong to; a mail host of thousands is no way to one of them.
MOST_CHANNELS = 200
_NOT_DIGITS = re.compile(r"\D")
_NUMBER = re.compile(r"[+0-9 ()/.\-]+\Z")


def find_contacts(kind: type[Contact], user: User, text: str, key: str, size: int) -> list[Contact]:
    """Up to `size` rows this user may see, the most fitting first; `key` is the text folded."""
    rows = kind.objects.visible_to(user).current()
    found: list[Contact] = []
    for fitting in _ways(kind, rows, text, key):
        if len(found) >= size:
            break
        found += _others(fitting, found, size)
    is_word = len(text) >= SHORTEST_ALIKE and not _NUMBER.match(text) and "@" not in text
    for alike in ALIKE if " " not in key else ALIKE_IN_SEVERAL_WORDS:
        # Several words that are found make names that have one of them no more likely.
        if is_word and len(found) < size and not (found and " " in key):
            found += _others(_alike(rows, key, alike), found, size)
    return found


def _others(fitting: QuerySet, found: Sequence[Contact], size: int) -> list[Contact]:
    return list(fitting.exclude(pk__in=[row.pk for row in found])[: size - len(found)])


def _alike(rows: ContactQuerySet, key: str, alike: float) -> QuerySet:
    """The names most like the text, from a likeness on; for the statement that comes next."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(alike)])
    likeness = TrigramWordSimilarity(key, "sort_key")
    return rows.filter(sort_key__trigram_word_similar=key).order_by(likeness.desc(), "sort_key", "pk")


def _ways(kind: type[Contact], rows: ContactQuerySet, text: str, key: str) -> Iterator[QuerySet]:
    """The ways to a row, the surest first."""
    column = str(kind._meta.model_name)
    by_name = rows.order_by("sort_key", "pk")
    for sure in (_by_key(by_name, text), _by_channel(by_name, column, text)):
        if sure is not None:
            yield sure
    if _NUMBER.match(text):
        return
    yield by_name.filter(sort_key__startswith=key)
    if len(text) < SHORTEST_PART:
        return
    words = key.split()[:MOST_WORDS]
    yield by_name.filter(_named(words))
    if len(words) <= MOST_PLACED:
        for place in words:
            named = rows.filter(_named(word for word in words if word != place))
            there = named.filter(pk__in=_living_in(column, place))
            # Few are left: sorted, not found by walking through all in the order of their names.
            yield (
                there.order_by(Lower("sort_key"), "pk")
                if len(words) > 1
                else there.order_by("sort_key", "pk")
            )


def _named(words: Iterable[str]) -> Q:
    condition = Q()
    for word in words:
        condition &= Q(sort_key__contains=word)
    return condition


def _living_in(column: str, place: str) -> QuerySet:
    there = Address.objects.alias(key=place_key()).filter(key__contains=place)
    return there.filter(**{f"{column}__isnull": False}).order_by().values(f"{column}_id")


def _by_key(rows: ContactQuerySet, text: str) -> QuerySet | None:
    """Those with this customer number, VAT id or id of another system; keys have a digit."""
    if not any(letter.isdigit() for letter in text):
        return None
    key = Q(external_id=text)
    if rows.model is Company:
        # One after the other by their indexes: the planner makes a bitmap of them.
        key |= Q(customer_number=text) | Q(vat_id="".join(text.upper().split()))
    return rows.filter(key)


def _by_channel(rows: ContactQuerySet, column: str, text: str) -> QuerySet | None:
    """Those reached by a number with these digits, or by an address with this part."""
    channels = _channels(text)
    if channels is None:
        return None
    theirs = channels.filter(**{f"{column}__isnull": False}).values_list(f"{column}_id", flat=True)
    return rows.filter(pk__in=list(theirs[:MOST_CHANNELS]))


def _channels(text: str) -> QuerySet[Channel] | None:
    """The channels with this part: of a number its digits, of an address any of it that cannot be a name."""
    channels = Channel.objects.alias(key=Upper("value"))
    if _NUMBER.match(text):
        # A number as it is dialled at home has a zero where the kept one has the country.
        part = _NOT_DIGITS.sub("", text).removeprefix("00").lstrip("0")
        if len(part) < FEWEST_DIGITS:
            return None
        fits = Q(key__contains=part) | Q(key=_whole_number(text) or part)
        return channels.filter(fits, kind__in=(Channel.Kind.PHONE, Channel.Kind.MOBILE))
    is_address = " " not in text and any(sign in "@." or sign.isdigit() for sign in text)
    if not is_address or len(text) < SHORTEST_ALIKE:
        return None
    return channels.filter(key__contains=text.upper())


def _whole_number(text: str) -> str:
    try:
        return parsed(text)
    except ValidationError:
        return ""
