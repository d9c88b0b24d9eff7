"""The columns of the list of leads, and its orders."""

from django.template import Context
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.step_dots import step_dot
from core.templatetags.dates import short_date
from core.templatetags.money import number, percent
from extra_fields.columns import list_columns
from leads.models import Lead
from lists.columns import Column, ColumnSet
from lists.models import ViewPage

DEFAULT_SORT = "due"
SORTS = {
    "name": "sort_key",
    "due": "due_key",
    "score": "score",
    "received": "received_at",
    "touched": "touched_at",
    "step": "next_step_key",
}


def _step(context: Context, lead: Lead) -> str:
    """The next step; a closed lead has none."""
    return step_dot(lead.next_step_on, lead.next_step) if lead.is_open and lead.next_step_on else ""


USUAL = ("due", "state", "step", "score", "source", "owner")


def _chance(lead: Lead) -> str:
    found = getattr(lead, "learned", None) if lead.is_open else None
    return percent(found.chance) if found else ""


COLUMNS = (
    Column("due", _("Urgency"), cell="leads/_cell_urgency.html", is_labelled=False),
    Column("state", _("State"), cell="leads/_cell_state.html", is_labelled=False),
    Column("step", _("Next step"), drawn=_step, css="col-step"),
    Column("score", _("Score"), lambda lead: number(lead.score), css="num"),
    Column("chance", _("Chance of a won deal"), _chance, css="num", loads=("learned",)),
    Column("source", _("Source"), lambda lead: lead.source or ""),
    Column(
        "owner", pgettext_lazy("person in charge", "Owner"), lambda lead: lead.owner or "", css="col-owner"
    ),
    Column("received", _("Received"), lambda lead: short_date(lead.received_at), css="num"),
    Column("touched", _("Last touch"), lambda lead: short_date(lead.touched_at), css="num"),
    Column("interest", _("Interest"), lambda lead: lead.interest),
    Column("email", _("E-mail"), lambda lead: lead.email, css="col-give"),
    Column("phone", _("Phone"), lambda lead: lead.phone, css="nowrap"),
    Column("campaign", _("Campaign"), lambda lead: lead.campaign or ""),
    Column("direction", _("Direction"), lambda lead: lead.get_direction_display()),
    Column("team", _("Team"), lambda lead: lead.team),
    Column("industry", _("Industry"), lambda lead: lead.industry),
    Column("postal", _("Postal code"), lambda lead: lead.postal_code),
    Column("city", _("Place"), lambda lead: lead.city),
    Column("group", _("Product group"), lambda lead: lead.product_group or "", loads=("product_group",)),
    Column(
        "reason",
        _("Reason for disqualifying"),
        lambda lead: lead.disqualify_reason or "",
        loads=("disqualify_reason",),
    ),
)


def lead_columns() -> ColumnSet:
    """All columns there are, those of extra fields last."""
    return ColumnSet(
        page=ViewPage.LEADS,
        row_label=_("Lead"),
        row_sort="name",
        columns=(*COLUMNS, *list_columns("lead")),
        usual=USUAL,
        sorts=SORTS,
        default_sort=DEFAULT_SORT,
        largest_first=frozenset({"score", "received", "touched"}),
    )
