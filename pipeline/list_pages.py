"""Board and list of deals as pages of which one keeps views, and the list as a table."""

import re
from collections.abc import Mapping

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lists.columns import Column
from lists.models import ViewPage
from lists.pages import ListPage, TablePage
from pipeline.board import with_owner
from pipeline.deal_columns import DEFAULT_SORT, deal_columns
from pipeline.deal_export import deal_outs
from pipeline.filters import EVERYONE, BoardFilter, DealFilter
from pipeline.models import Deal, DealQuerySet

ALL = {"owner": EVERYONE}


def _read_board(query: QueryDict, user: User) -> BoardFilter:
    return BoardFilter(with_owner(user, query), user=user)


def _read_list(query: QueryDict, user: User) -> DealFilter:
    return DealFilter(query, user=user)


def _unasked(user: User) -> Mapping[str, str]:
    return {"owner": str(with_owner(user, QueryDict())["owner"])}


def _shown(deals: QuerySet, columns: tuple[Column, ...], user: User) -> DealQuerySet:
    rows: DealQuerySet = deals.for_list().with_expected_close_key().with_rights(user)  # type: ignore[attr-defined]
    loads = [relation for column in columns for relation in column.loads]
    return rows.select_related(*loads) if loads else rows


def _exported(deals: QuerySet) -> DealQuerySet:
    rows: DealQuerySet = deals.with_expected_close_key()  # type: ignore[attr-defined]
    return rows


DEALS = TablePage(
    columns=deal_columns,
    rows=Deal.objects,
    shown=_shown,
    exported=_exported,
    outs=deal_outs,
    file_name=_("deals"),
)
BOARD = ListPage(
    code=ViewPage.BOARD,
    everything=_("All deals"),
    read=_read_board,
    base=ALL,
    unasked=_unasked,
    manners={"by": re.compile("value")},
)
LIST = ListPage(
    code=ViewPage.LIST,
    everything=_("All deals"),
    read=_read_list,
    base=ALL,
    default_sort=DEFAULT_SORT,
    table=DEALS,
)
