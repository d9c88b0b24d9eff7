"""Keyset pages: the next rows after the last one seen, equally fast on every page."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core import signing
from django.db import models
from django.db.models import F
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

Row = TypeVar("Row", bound=models.Model)

PAGE_SIZE = 50
# Cursors are signed for their list and order: what comes back is what a page of the same list handed out.
SALT = "core.pagination"


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows in order, and where the following and the preceding ones begin."""

    rows: list[Row]
    next_cursor: str
    previous_cursor: str


def keyset_page(
    queryset: models.QuerySet[Row], order: tuple[str, ...], cursor: str = "", *, size: int = PAGE_SIZE
) -> Page[Row]:
    """The page of `queryset` that `cursor` points to; without or with a broken cursor the first one.

    `order` names NOT NULL columns in one direction, the last one unique; all with a leading minus, or none.
    """
    is_descending = order[0].startswith("-")
    names = tuple(name.lstrip("-") for name in order)
    salt = ":".join((SALT, queryset.model._meta.label, *order))
    is_backward, after = _decode(cursor, salt)
    flip = is_backward != is_descending
    if after is not None:
        lookup = TupleLessThan if flip else TupleGreaterThan
        queryset = queryset.filter(lookup(tuple(F(name) for name in names), tuple(after)))
    ordered = queryset.order_by(*(f"-{name}" if flip else name for name in names))
    rows = list(ordered[: size + 1])
    has_more = len(rows) > size
    rows = rows[:size]
    if is_backward:
        rows.reverse()
    has_next = bool(rows) and (has_more or is_backward)
    has_previous = bool(rows) and (has_more if is_backward else after is not None)
    return Page(
        rows=rows,
        next_cursor=_encode("n", rows[-1], names, salt) if has_next else "",
        previous_cursor=_encode("p", rows[0], names, salt) if has_previous else "",
    )


def _encode(direction: str, row: models.Model, names: tuple[str, ...], salt: str) -> str:
    values = [str(row.serializable_value(name)) for name in names]
    return signing.dumps([direction, *values], salt=salt)


def _decode(cursor: str, salt: str) -> tuple[bool, list[str] | None]:
    """(is_backward, values after which the page begins); a cursor we did not write here counts as none."""
    try:
        direction, *values = signing.loads(cursor, salt=salt)
    except signing.BadSignature:
        return False, None
    return direction == "p", values
