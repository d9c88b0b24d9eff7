"""Rows of the lists, with what a line shows."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Prefetch, prefetch_related_objects

from contacts.models import Company, Employment, Person

LIST_ORDER = ("sort_key", "id")
Contact = TypeVar("Contact", Company, Person)


def with_reach(rows: Sequence[Contact], *links: str) -> list[Contact]:
    """The same rows with their channels, addresses, present employers and these links loaded."""
    loaded = list(rows)
    if loaded:
        prefetch_related_objects(loaded, "channels", "addresses", *links)
    if loaded and isinstance(loaded[0], Person):
        present = Employment.objects.filter(until=None).select_related("company").order_by("pk")
        prefetch_related_objects(loaded, Prefetch("employments", present, to_attr="present_employments"))
    return loaded
