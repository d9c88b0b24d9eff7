"""The columns of the list of deals: which there are, which a user sees, what one can sort by."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.templatetags.dates import short_date
from core.templatetags.money import money
from pipeline.models import Deal, ListColumns

DEFAULT_SORT = "-opened"
# What one can sort by: NOT NULL columns or keys, each backed by an index; who came last has the fewest days.
SORTS = {
    "title": "title_key",
    "stage": "stage",
    "value": "value",
    "step": "next_step_key",
    "days": "-stage_since",
    "expected": "expected_close_key",
    "opened": "opened_at",
}


def order_of(sort: str) -> tuple[str, str]:
    """The order that a sort key means, for a keyset page."""
    key = SORTS[sort.removeprefix("-")]
    sign = "-" if sort.startswith("-") != key.startswith("-") else ""
    return f"{sign}{key.removeprefix('-')}", f"{sign}id"


def known_sort(text: str) -> str:
    """The sort key of an address; the usual one when there is no such."""
    return text if text.removeprefix("-") in SORTS else DEFAULT_SORT


@dataclass(frozen=True)
class Column:
    """A column beside the deal itself.

    What a cell says is `text`, or drawn by the template `cell`; `loads` are the relations it reads.
    """

    name: str
    label: str | Promise
    text: Callable[[Deal], object] | None = None
    cell: str = ""
    css: str = ""
    loads: tuple[str, ...] = ()
    # A badge says on a card what it is.
    is_labelled: bool = True

    @property
    def is_sortable(self) -> bool:
        """Whether its heading sorts."""
        return self.name in SORTS


COLUMNS = (
    Column("stage", _("Stage"), cell="pipeline/_cell_stage.html", css="col-stage", is_labelled=False),
    Column("value", _("Value"), lambda deal: money(deal.value, deal.currency), css="num"),
    Column("step", _("Next step"), cell="pipeline/_cell_step.html", css="col-step"),
    Column("days", _("In the stage"), cell="pipeline/_cell_days.html", css="num col-days"),
    Column("owner", pgettext_lazy("person in charge", "Owner"), lambda deal: deal.owner, css="col-owner"),
    Column("opened", _("Opened"), lambda deal: short_date(deal.opened_at), css="num"),
    Column("expected", _("Expected closing"), lambda deal: short_date(deal.expected_close_on), css="num"),
    Column("company", _("Company"), lambda deal: deal.company or ""),
    Column("person", _("Person"), lambda deal: deal.person or ""),
    Column("product", _("Product"), lambda deal: deal.product or "", loads=("product",)),
    Column("source", _("Source"), lambda deal: deal.source or "", loads=("source",)),
    Column("kind", _("Kind"), lambda deal: deal.get_kind_display()),
    Column("team", _("Team"), lambda deal: deal.owner.team, loads=("owner__team",)),
    Column("outcome", _("Outcome"), lambda deal: deal.get_outcome_display()),
    Column("closed", _("Closed"), lambda deal: short_date(deal.closed_at), css="num"),
    Column("won", _("Value won"), lambda deal: _won(deal), css="num"),
    Column("reason", _("Loss reason"), lambda deal: deal.loss_reason or "", loads=("loss_reason",)),
)
BY_NAME = {column.name: column for column in COLUMNS}
USUAL = tuple(BY_NAME[name] for name in ("stage", "value", "step", "days", "owner", "opened"))


def read_columns(user: User, query: QueryDict) -> tuple[Column, ...]:
    """The columns an address names, else those the user chose last, else the usual ones."""
    return known_columns(query.get("columns", "")) or _remembered(user) or USUAL


def known_columns(text: str) -> tuple[Column, ...]:
    """The columns of these names (`value,stage`), in their order, each once; unknown names do not count."""
    # Twice as many names as there are columns name none that counts any more.
    names = dict.fromkeys(text.split(",", 2 * len(COLUMNS)))
    return tuple(BY_NAME[name] for name in names if name in BY_NAME)


def _remembered(user: User) -> tuple[Column, ...]:
    kept = ListColumns.objects.filter(user=user).first()
    return known_columns(kept.names) if kept else ()


def _won(deal: Deal) -> str:
    return money(deal.won_value, deal.currency) if deal.is_won else ""
