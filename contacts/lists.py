"""One page of a list of companies or persons, with what a line shows."""

from django.db.models import Prefetch, prefetch_related_objects

from contacts.filters import ContactFilter
from contacts.lawful import judge
from contacts.models import Company, Employment, Person
from core.pagination import keyset_page

LIST_ORDER = ("sort_key", "id")
# On the page of a company or person.
MOST_ROWS = 30


def list_page(asked: ContactFilter, cursor: str) -> dict[str, object]:
    """The filter, the page of it that `cursor` points to, and how many rows there are in all."""
    rows = asked.qs
    page = keyset_page(rows.order_by(), LIST_ORDER, cursor)
    _load(page.rows)
    return {"filter": asked, "page": page, "count": rows.count()}


def _load(rows: list[Company | Person]) -> None:
    prefetch_related_objects(rows, "owner", "channels", "addresses")
    judge(channel for row in rows for channel in row.channels.all())
    if rows and isinstance(rows[0], Person):
        present = Employment.objects.present().order_by("pk").prefetch_related("company__addresses")
        prefetch_related_objects(rows, Prefetch("employments", present, to_attr="present_employments"))
