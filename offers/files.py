"""The list of orders as files: its columns, or a row for each line of the orders."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from core.table_files import Cell, write_csv, write_workbook
from core.templatetags.dates import local_day
from core.templatetags.money import number
from lists.columns import Column
from lists.errors import ExportTooLarge
from lists.files import FORMATS, Format, Out, joined
from offers.models import Order, OrderLine

CHUNK = 2000
LINE_COLUMNS = (
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
Writer = Callable[[IO[bytes], Sequence[str], Iterator[Sequence[Cell]]], None]


def order_outs(columns: Sequence[Column]) -> list[Out]:
    """Number and customer first, then the columns of the list; the sum without VAT with its currency."""
    origins = {origin.value: str(origin.label) for origin in Order.Origin}
    known: Mapping[str, tuple[Out, ...]] = {
        "ordered": (Out(_lazy("Ordered on"), ("ordered_on",)),),
        "net": (Out(_lazy("Net"), ("net_total",)), Out(_lazy("Currency"), ("currency",))),
        "owner": (
            Out(
                pgettext_lazy("person in charge", "Owner"), ("owner__first_name", "owner__last_name"), joined
            ),
        ),
        "team": (Out(_lazy("Team at ordering"), ("team__name",)),),
        "deal": (Out(_lazy("Deal"), ("deal__title",)),),
        "origin": (Out(_lazy("Origin"), ("origin",), origins.get),),
        "external": (Out(_lazy("External id"), ("external_id",)),),
        "created": (Out(_lazy("Entered"), ("created_at",), local_day),),
    }
    chosen = [out for column in columns for out in known.get(column.name, ())]
    return [*_ALWAYS, *chosen]


def _lines_with(write: Writer, most: int) -> Callable[[IO[bytes], QuerySet], None]:
    """A writer of all lines of some orders; raises ExportTooLarge when there are more than `most`."""

    def written(file: IO[bytes], orders: QuerySet) -> None:
        lines = OrderLine.objects.filter(order__in=orders.order_by().values("pk"))
        if lines.order_by()[: most + 1].count() > most:
            message = _("A file takes at most %(most)s lines here. Please narrow the filter.")
            raise ExportTooLarge(message % {"most": number(most)})
        write(file, _line_headers(), _line_rows(lines))

    return written


def _line_headers() -> list[str]:
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


def _line_rows(lines: QuerySet) -> Iterator[list[Cell]]:
    ordered = lines.order_by("-order__ordered_on", "-order", "position").values_list(*LINE_COLUMNS)
    for row in ordered.iterator(chunk_size=CHUNK):
        number, external_id, day, company, title, first, last, owner_first, owner_last, *line = row
        person, owner = joined(title, first, last), joined(owner_first, owner_last)
        yield [number, external_id, day, company, person, owner, *line]


_ALWAYS = (
    Out(_lazy("Order number"), ("number",)),
    Out(_lazy("Company"), ("company__name",)),
    Out(_lazy("Person"), ("person__title", "person__first_name", "person__last_name"), joined),
    Out(_lazy("Cancelled on"), ("cancelled_at",), local_day),
)
_XLSX, _CSV = FORMATS["xlsx"], FORMATS["csv"]
ORDER_FORMATS: Mapping[str, Format] = {
    **FORMATS,
    "xlsx_l": replace(
        _XLSX,
        label=_lazy("Excel, a row for each line"),
        write=None,
        write_rows=_lines_with(write_workbook, _XLSX.most_rows),
    ),
    "csv_l": replace(
        _CSV,
        label=_lazy("CSV, a row for each line"),
        write=None,
        write_rows=_lines_with(write_csv, _CSV.most_rows),
    ),
}
