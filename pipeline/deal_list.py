"""The list of deals: one page of it, and the views it brings along."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from lists.models import ViewPage
from lists.saved_views import Pill, Question, brought_along
from lists.tables import Table, read_table
from pipeline.filters import ME
from pipeline.list_pages import DEALS, LIST
from pipeline.models import Outcome

USUAL = ("q", "owner", "team", "stage", "outcome", "no_step", "too_long", "overdue")


def read_deal_list(user: User, query: QueryDict) -> Table:
    """The page of the list that the query asks for."""
    return read_table(LIST, DEALS, user, query, usual=USUAL)


def deal_pills(deals: Table) -> list[Pill]:
    """All, one's own open ones, won, lost."""
    return brought_along(
        Question(ViewPage.LIST, deals.filter),
        (_("All"), {}),
        (_("My open deals"), {"owner": ME, "outcome": Outcome.OPEN}),
        (_("Won"), {"outcome": Outcome.WON}),
        (_("Lost"), {"outcome": Outcome.LOST}),
    )
