"""The lists of companies and persons: what each shows, and in which files it goes out."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from contacts.columns import DEFAULT_SORT, company_columns, person_columns
from contacts.files import company_outs, person_outs, with_job, with_reach
from contacts.filters import CompanyFilter, PersonFilter
from contacts.lawful import judge
from contacts.models import Company, Employment, Person, Tagging
from contacts.vcards import VCARDS
from lists.columns import Column
from lists.files import FORMATS
from lists.models import ViewPage
from lists.pages import ListPage, TablePage


def _read_companies(query: QueryDict, user: User) -> CompanyFilter:
    return CompanyFilter(query, user=user)


def _read_persons(query: QueryDict, user: User) -> PersonFilter:
    return PersonFilter(query, user=user)


def _shown_companies(rows: QuerySet, columns: tuple[Column, ...], user: User) -> QuerySet:
    loads = {name for column in columns for name in column.loads}
    shown = rows.select_related("owner", *({"parent"} & loads)).defer("note")
    return _with_lines(shown, loads)


def _shown_persons(rows: QuerySet, columns: tuple[Column, ...], user: User) -> QuerySet:
    loads = {name for column in columns for name in column.loads}
    shown = _with_lines(rows.select_related("owner").defer("note"), loads)
    if "jobs" not in loads:
        return shown
    # A person without an address of their own is found at that of the company.
    present = Employment.objects.present().select_related("company").order_by("pk")
    if "addresses" in loads:
        present = present.prefetch_related("company__addresses")
    return shown.prefetch_related(Prefetch("employments", present, to_attr="present_employments"))


def _with_lines(rows: QuerySet, loads: set[str]) -> QuerySet:
    """What stands in other tables, read with two statements for all rows of a page; and how it is sorted."""
    shown = rows.with_customer_status().with_bought_key()  # type: ignore[attr-defined]
    if "taggings" in loads:
        tags = Tagging.objects.select_related("tag").order_by("tag__sort_key")
        shown = shown.prefetch_related(Prefetch("taggings", tags))
    return shown.prefetch_related(*({"channels", "addresses"} & loads))


def _judge(rows: Sequence[Any]) -> None:
    """Whether they may be called or written to, where the list says how."""
    judge(
        channel
        for row in rows
        if "channels" in getattr(row, "_prefetched_objects_cache", {})
        for channel in row.channels.all()
    )


def _company_file(rows: QuerySet) -> QuerySet:
    return with_reach(rows.with_customer_status().with_bought_key())  # type: ignore[attr-defined]


def _person_file(rows: QuerySet) -> QuerySet:
    return with_job(_company_file(rows))


COMPANIES = ListPage(
    code=ViewPage.COMPANIES,
    everything=_("All companies"),
    read=_read_companies,
    default_sort=DEFAULT_SORT,
    table=TablePage(
        columns=company_columns,
        rows=Company.objects,
        shown=_shown_companies,
        completed=_judge,
        exported=_company_file,
        outs=company_outs,
        file_name=pgettext_lazy("name of a file", "companies"),
        formats={**FORMATS, **VCARDS},
    ),
)
PERSONS = ListPage(
    code=ViewPage.PERSONS,
    everything=_("All people"),
    read=_read_persons,
    default_sort=DEFAULT_SORT,
    table=TablePage(
        columns=person_columns,
        rows=Person.objects,
        shown=_shown_persons,
        completed=_judge,
        exported=_person_file,
        outs=person_outs,
        file_name=pgettext_lazy("name of a file", "people"),
        formats={**FORMATS, **VCARDS},
    ),
)
