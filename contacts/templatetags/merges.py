"""On the page of a company or person: what was merged into it, and what may be the same."""

from django.db.models import Q
from django.template import Library
from django.urls import reverse

from contacts.duplicate_list import Line
from contacts.models import Company, DuplicatePair, MergeRecord, Person

register = Library()

MOST_SHOWN = 3


@register.simple_tag
def merge_url(row: Company | Person) -> str:
    """Where the other row to merge with is chosen."""
    return reverse(f"contacts:{row._meta.model_name}_merge_with", args=[row.pk])


@register.inclusion_tag("contacts/_merges.html")
def merges_of(row: Company | Person) -> dict[str, object]:
    """The latest merges into a row, each with its undo, and the pairs that wait for a decision."""
    name = row._meta.model_name
    records = MergeRecord.objects.standing().filter(**{f"survivor_{name}": row})
    records = records.select_related(f"merged_{name}", "by").order_by("-pk")[:MOST_SHOWN]
    pairs = DuplicatePair.objects.waiting().filter(Q(**{f"low_{name}": row}) | Q(**{f"high_{name}": row}))
    pairs = pairs.select_related(f"low_{name}", f"high_{name}").order_by("-score", "-pk")[:MOST_SHOWN]
    return {"row": row, "records": records, "lines": [Line(pair) for pair in pairs]}
