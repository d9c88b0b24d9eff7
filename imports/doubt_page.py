"""What the page of doubtful rows shows: the row of the file beside the one it may be."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import BoundField

from contacts.models import Company, ContactQuerySet, Person
from imports.models import ImportDoubt


@dataclass(frozen=True)
class DoubtShown:
    """A doubtful row with its choice, and its twin as it stands here now; None if that is gone."""

    doubt: ImportDoubt
    field: BoundField
    twin: Company | Person | None
    twin_details: str


def shown(rows: Iterable[tuple[ImportDoubt, BoundField]]) -> list[DoubtShown]:
    """The doubts of a page with their twins, in a few statements."""
    told = list(rows)
    companies = _rows(Company.objects.all(), [doubt for doubt, _ in told if doubt.file.table == "companies"])
    people = Person.objects.prefetch_related("employments__company")
    persons = _rows(people, [doubt for doubt, _ in told if doubt.file.table == "persons"])
    found: dict[str, dict[int, Company | Person]] = {"companies": companies, "persons": persons}
    twins = [found.get(doubt.file.table, {}).get(doubt.twin) for doubt, _ in told]
    return [
        DoubtShown(doubt, field, twin, _details(twin))
        for (doubt, field), twin in zip(told, twins, strict=True)
    ]


def _rows(rows: ContactQuerySet, doubts: list[ImportDoubt]) -> dict[int, Company | Person]:
    return rows.prefetch_related("addresses", "channels").in_bulk([doubt.twin for doubt in doubts])


def _details(twin: Company | Person | None) -> str:
    if twin is None:
        return ""
    jobs = twin.employments.all() if isinstance(twin, Person) else []
    said = [str(job.company) for job in jobs if job.until is None][:1]
    for address in list(twin.addresses.all())[:1]:
        said += [address.street, f"{address.postal_code} {address.city}".strip()]
    said += [channel.value for channel in list(twin.channels.all())[:2]]
    return " · ".join(filter(None, said))
