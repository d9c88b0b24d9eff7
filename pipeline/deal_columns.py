"""The columns of the list of deals, its orders, and the extra fields among them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.templatetags.dates import short_date
from core.templatetags.money import money
from extra_fields.columns import list_columns
from lists.columns import Column, ColumnSet
from lists.models import ViewPage
from pipeline.list_cells import days_cell, stage_cell, step_cell
from pipeline.models import Deal

DEFAULT_SORT = "-opened"
# Who came last has the fewest days.
SORTS = {
    "title": "title_key",
    "stage": "stage",
    "value": "value",
    "step": "next_step_key",
    "days": "-stage_since",
    "expected": "expected_close_key",
    "opened": "opened_at",
}
USUAL = ("stage", "value", "step", "days", "owner", "opened")
COLUMNS = (
    Column("stage", _("Stage"), drawn=stage_cell, css="col-stage", is_labelled=False),
    Column("value", _("Value"), lambda deal: money(deal.value, deal.currency), css="num"),
    Column("step", _("Next step"), drawn=step_cell, css="col-step"),
    Column("days", _("In the stage"), drawn=days_cell, css="num col-days"),
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


def deal_columns() -> ColumnSet:
    """All columns there are, those of extra fields last."""
    return ColumnSet(
        page=ViewPage.LIST,
        row_label=_("Deal"),
        row_sort="title",
        columns=(*COLUMNS, *list_columns("deal")),
        usual=USUAL,
        sorts=SORTS,
        default_sort=DEFAULT_SORT,
        largest_first=frozenset({"value", "opened", "days"}),
    )


def _won(deal: Deal) -> str:
    return money(deal.won_value, deal.currency) if deal.is_won else ""
