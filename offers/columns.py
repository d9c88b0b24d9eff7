"""The columns of the list of orders, and its orders."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.templatetags.dates import short_date
from core.templatetags.money import money
from lists.columns import Column, ColumnSet
from lists.models import ViewPage

DEFAULT_SORT = "-ordered"
SORTS = {
    "customer": "customer_key",
    "number": "number",
    "ordered": "ordered_on",
    "net": "net_total",
    "owner": "owner_key",
    "created": "created_at",
}
LARGEST_FIRST = frozenset({"ordered", "net", "created"})


def order_columns() -> ColumnSet:
    """All columns of orders there are."""
    return ColumnSet(
        page=ViewPage.ORDERS,
        row_label=_("Customer"),
        row_sort="customer",
        columns=(
            Column("number", _("Order"), cell="offers/_cell_number.html"),
            Column("ordered", _("Ordered on"), lambda order: short_date(order.ordered_on), css="num"),
            Column("net", _("Net"), lambda order: money(order.net_total, order.currency), css="num"),
            Column(
                "owner",
                pgettext_lazy("person in charge", "Owner"),
                lambda order: order.owner,
                css="col-owner",
            ),
            Column("team", _("Team at ordering"), lambda order: order.team, loads=("team",)),
            Column("deal", _("Deal"), cell="offers/_cell_deal.html", loads=("deal",)),
            Column("origin", _("Origin"), lambda order: order.get_origin_display()),
            Column("external", _("External id"), lambda order: order.external_id),
            Column("created", _("Entered"), lambda order: short_date(order.created_at), css="num"),
        ),
        usual=("number", "ordered", "net", "owner"),
        sorts=SORTS,
        default_sort=DEFAULT_SORT,
        largest_first=LARGEST_FIRST,
    )
