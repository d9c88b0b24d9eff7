"""The list of leads as a page of which one keeps views."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from leads.filters import EVERYONE, ME, OPEN, LeadFilter
from leads.lead_columns import DEFAULT_SORT, lead_columns
from leads.lead_export import lead_outs
from leads.models import Lead, LeadQuerySet
from lists.columns import Column
from lists.models import ViewPage
from lists.pages import ListPage, TablePage

ALL = {"owner": EVERYONE}
INBOX = {"owner": ME, "state": OPEN}


def _read(query: QueryDict, user: User) -> LeadFilter:
    return LeadFilter(query, user=user)


def _unasked(user: User) -> Mapping[str, str]:
    return ALL


def _shown(leads: QuerySet, columns: tuple[Column, ...], user: User) -> LeadQuerySet:
    rows: LeadQuerySet = leads.for_list().with_rights(user)  # type: ignore[attr-defined]
    loads = [relation for column in columns for relation in column.loads]
    return rows.select_related(*loads) if loads else rows


def _exported(leads: QuerySet) -> LeadQuerySet:
    rows: LeadQuerySet = leads  # type: ignore[assignment]
    return rows


LEADS = TablePage(
    columns=lead_columns,
    rows=Lead.objects,
    shown=_shown,
    exported=_exported,
    outs=lead_outs,
    file_name=pgettext_lazy("name of a file", "leads"),
)
LIST = ListPage(
    code=ViewPage.LEADS,
    everything=_("All leads"),
    read=_read,
    base=ALL,
    unasked=_unasked,
    default_sort=DEFAULT_SORT,
    table=LEADS,
)
