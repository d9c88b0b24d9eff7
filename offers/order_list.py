"""The list of orders: its page, its sums, and the same rows as a file."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import IO

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.pagination import Page, keyset_page
from core.table_files import Cell, write_csv, write_workbook
from core.templatetags.money import number
from offers.bought import totals_of
from offers.errors import ExportTooLarge
from offers.filters import OrderFilter
from offers.models import Order, OrderLine, OrderQuerySet

LIST_ORDER = ("-ordered_on", "-id")
WRITERS = {"csv": write_csv, "xlsx": write_workbook}
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# As many lines as are written in a few seconds.
MOST_LINES = {"csv": 100_000, "xlsx": 20_000}
CHUNK = 2000
COLUMNS = (
    "order__number",
    "order__external_id",
    "order__ordered_on",
    "order__company__name",
    "order__person__title",
    "order__person__first_name",
    "order__person__last_name",
    "order__owner__first_name",
    "order__owner__last_name",
    "position",
    "product__number",
    "text",
    "quantity",
    "unit",
    "unit_price",
    "discount",
    "vat_rate",
    "net",
    "order__currency",
)


@dataclass(frozen=True)
class OrderList:
    """One page of the list, and what all orders of the filter come to, per currency."""

    filter: OrderFilter
    page: Page[Order]
    count: int
    totals: list[tuple[str, Decimal]]
    asked: str


def read_order_list(user: User, query: QueryDict) -> OrderList:
    """The page of the list that the query asks for."""
    asked = OrderFilter(query, user=user)
    orders = asked.qs
    wanted = query.copy()
    wanted.pop("cursor", None)
    return OrderList(
        filter=asked,
        page=keyset_page(orders.for_list(), LIST_ORDER, query.get("cursor", "")),
        count=orders.count(),
        totals=totals_of(orders),
        asked=wanted.urlencode(),
    )


@dataclass(frozen=True)
class Export:
    """A written file, at its beginning."""

    file: IO[bytes]
    rows: int
    name: str
    content_type: str


def export_orders(user: User, query: QueryDict, file_format: str) -> Export:
    """Write the orders an address asks for, as the user may see them, one row for each line.

    Raises ExportTooLarge when there are more lines than the kind of file may have.
    """
    orders = OrderFilter(query, user=user).qs
    lines = OrderLine.objects.filter(order__in=orders.values("pk"))
    most = MOST_LINES[file_format]
    count = lines.order_by()[: most + 1].count()
    if count > most:
        raise ExportTooLarge(
            _("A file takes at most %(most)s lines here. Please narrow the filter.") % {"most": number(most)}
        )
    # Closed by the answer that sends it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    WRITERS[file_format](file, _headers(), _rows(orders))
    file.seek(0)
    name = f"{_('orders')}-{timezone.localdate():%Y-%m-%d}.{file_format}"
    return Export(file, count, name, CONTENT_TYPES[file_format])


def _headers() -> list[str]:
    return [
        _("Order number"),
        _("External id"),
        _("Ordered on"),
        _("Company"),
        _("Person"),
        _("Responsible"),
        _("Position"),
        _("Product number"),
        _("Product"),
        _("Quantity"),
        _("Unit"),
        _("Unit price, net"),
        _("Discount"),
        _("VAT rate"),
        _("Net"),
        _("Currency"),
    ]


def _rows(orders: OrderQuerySet) -> Iterator[list[Cell]]:
    lines = OrderLine.objects.filter(order__in=orders.values("pk"))
    ordered = lines.order_by("-order__ordered_on", "-order", "position").values_list(*COLUMNS)
    for row in ordered.iterator(chunk_size=CHUNK):
        number, external_id, day, company, title, first, last, owner_first, owner_last, *line = row
        person = " ".join(part for part in (title, first, last) if part)
        yield [number, external_id, day, company, person, f"{owner_first} {owner_last}".strip(), *line]
