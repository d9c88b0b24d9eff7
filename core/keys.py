"""Stored sort and match keys of names, computed by the database (functions of core.0001)."""

from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

# More words than this narrow nothing down any more.
MOST_WORDS = 8


def sort_key(*fields: str) -> models.GeneratedField:
    """A stored column to sort by: case and accents folded (ä sorts as a)."""
    return _stored("public.sort_key", fields)


def match_key(*fields: str) -> models.GeneratedField:
    """A stored column to find equal names by: Müller = Mueller = Muller, ß = ss, without legal form."""
    return _stored("public.match_key", fields)


def folded(text: str) -> Func:
    """A typed text as a sort key, to compare with one."""
    return Func(Value(text), function="public.sort_key", output_field=models.TextField())


def fold(text: str) -> str:
    """A typed text as a sort key, asked of the database now: the planner judges a constant better."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.sort_key(%s)", [text])
        key: str = cursor.fetchone()[0]
    return key


def every_word(key: str, text: str) -> Q:
    """The condition that every word of a text is somewhere in a sort key, in any order."""
    condition = Q()
    for word in text.split()[:MOST_WORDS]:
        condition &= Q(**{f"{key}__contains": folded(word)})
    return condition


def _stored(function: str, fields: tuple[str, ...]) -> models.GeneratedField:
    name: Combinable = F(fields[0])
    for field in fields[1:]:
        name = Concat(name, Value(" "), F(field))
    return models.GeneratedField(
        expression=Func(name, function=function), output_field=models.TextField(), db_persist=True
    )
