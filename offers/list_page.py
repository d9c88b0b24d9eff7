"""The list of orders: how it reads its address, what it shows, in which files it goes out."""

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from lists.columns import Column
from lists.models import ViewPage
from lists.pages import ListPage, TablePage
from offers.columns import DEFAULT_SORT, order_columns
from offers.files import ORDER_FORMATS, order_outs
from offers.filters import OrderFilter
from offers.models import Order


def _read(query: QueryDict, user: User) -> OrderFilter:
    return OrderFilter(query, user=user)


def _shown(rows: QuerySet, columns: tuple[Column, ...], user: User) -> QuerySet:
    loads = {name for column in columns for name in column.loads}
    return _sortable(rows.for_list().select_related("company", "person", "owner", *loads))  # type: ignore[attr-defined]


def _exported(rows: QuerySet) -> QuerySet:
    return _sortable(rows.with_net())  # type: ignore[attr-defined]


def _sortable(rows: QuerySet) -> QuerySet:
    """With the names that orders are sorted by: of the customer, and of who is in charge."""
    owner = Concat("owner__last_name", Value(" "), "owner__first_name")
    return rows.annotate(
        customer_key=Coalesce(F("company__sort_key"), F("person__sort_key")),
        owner_key=Func(owner, function="public.sort_key", output_field=TextField()),
    )


ORDERS = ListPage(
    code=ViewPage.ORDERS,
    everything=_("All orders"),
    read=_read,
    default_sort=DEFAULT_SORT,
    table=TablePage(
        columns=order_columns,
        rows=Order.objects,
        shown=_shown,
        exported=_exported,
        outs=order_outs,
        file_name=pgettext_lazy("name of a file", "orders"),
        formats=ORDER_FORMATS,
    ),
)
