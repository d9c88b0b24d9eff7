"""The pages that show a list: how each reads its address, what it shows unasked, its columns and files.

Where each is described stands in the settings (`LIST_PAGES`): lists lies below the apps that have some.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.rights import Guarded
from lists.columns import Column, ColumnSet
from lists.files import FORMATS, Format, Out
from lists.filters import ListFilter
from lists.models import ViewPage

# What an address says beside the filter of a table, and what such a word looks like.
MANNERS: Mapping[str, re.Pattern[str]] = {
    "sort": re.compile("-?[a-z_]{1,30}"),
    "columns": re.compile("[a-z0-9_]{1,36}(,[a-z0-9_]{1,36}){0,39}"),
}


@dataclass(frozen=True)
class TablePage:
    """What belongs to a page whose rows stand in a table."""

    columns: Callable[[], ColumnSet]
    rows: Guarded
    # Rows with everything these columns show and what is sorted by; the same for a file.
    shown: Callable[[QuerySet, tuple[Column, ...], User], QuerySet]
    exported: Callable[[QuerySet], QuerySet]
    # The columns of a file for those of the table.
    outs: Callable[[tuple[Column, ...]], Sequence[Out]]
    file_name: str | Promise
    # What is still to be found out about the rows of a page.
    completed: Callable[[Sequence[Any]], None] = lambda rows: None
    formats: Mapping[str, Format] = field(default_factory=lambda: FORMATS)


@dataclass(frozen=True)
class ListPage:
    """One page."""

    code: ViewPage
    # What all of its rows are called.
    everything: str | Promise
    read: Callable[[QueryDict, User], ListFilter]
    # What an address says that leaves everything in; and what is asked when the page is opened without any.
    base: Mapping[str, str] = field(default_factory=dict)
    unasked: Callable[[User], Mapping[str, str]] | None = None
    manners: Mapping[str, re.Pattern[str]] = field(default_factory=lambda: MANNERS)
    default_sort: str = ""
    table: TablePage | None = None

    def unasked_by(self, user: User) -> Mapping[str, str]:
        """What this user asks by opening it without a filter."""
        return self.unasked(user) if self.unasked else self.base


def list_page(code: str) -> ListPage:
    """The page of this code; Http404 when there is none."""
    if code not in settings.LIST_PAGES:
        raise Http404
    page: ListPage = import_string(settings.LIST_PAGES[code])
    return page


def table_page(code: str) -> tuple[ListPage, TablePage]:
    """The same for a page with a table; Http404 for any other."""
    page = list_page(code)
    if page.table is None:
        raise Http404
    return page, page.table
