"""The list of leads: one page of it, the views it brings along with their counts, and who was recognised."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from leads.filters import ME
from leads.list_pages import INBOX, LEADS, LIST
from leads.models import Lead, LeadSetting, Recognition
from leads.urgency import DUE, LATE, STALE, UNANSWERED, UNOWNED, of_urgency
from lists.models import ViewPage
from lists.saved_views import Question, brought_along
from lists.tables import Table, read_table

USUAL = ("q", "owner", "team", "state", "urgency", "source")
MOST_COUNTED = 999
MOST_RECOGNISED = 20


@dataclass(frozen=True)
class InboxPill:
    """A view of what needs somebody now, with how many there are; the red ones are late."""

    label: str
    url: str
    is_on: bool
    count: int = 0
    is_calm: bool = True
    title: str = ""
    shared_by: str = ""
    symbol: str = ""


def read_lead_list(user: User, query: QueryDict) -> Table:
    """The page of the list that the query asks for."""
    return read_table(LIST, LEADS, user, query, usual=USUAL)


def lead_pills(leads: Table, user: User) -> list[InboxPill]:
    """All, one's own open ones, and those of them that need somebody now."""
    setting = LeadSetting.current()
    mine = Lead.objects.visible_to(user).filter(owner=user)
    question = Question(ViewPage.LEADS, leads.filter)
    plain = brought_along(question, (_("All"), {}), (_("My inbox"), INBOX))
    pills = [InboxPill(pill.label, pill.url, pill.is_on) for pill in plain]
    for which, label, is_calm in (
        (LATE, _("Answer overdue"), False),
        (UNANSWERED, _("Unanswered"), True),
        (DUE, _("Follow-up due"), True),
        (STALE, _("Forgotten"), True),
    ):
        count = of_urgency(mine, which, setting).order_by()[:MOST_COUNTED].count()
        asked = {"owner": ME, "urgency": which}
        pills.append(_pill(question, label, asked, count, is_calm=is_calm or not count))
    free = of_urgency(Lead.objects.editable_by(user), UNOWNED, setting).order_by()[:MOST_COUNTED].count()
    return [*pills, _pill(question, _("To be taken"), {"urgency": UNOWNED}, free, is_calm=True)]


def recognised(user: User) -> list[Recognition]:
    """People we know who asked again, of which this user was told and has not seen it."""
    rows = Recognition.objects.waiting_for(user).select_related("person", "known_lead", "touch__source")
    return list(rows.order_by("-at", "-pk")[:MOST_RECOGNISED])


def _pill(question: Question, label: str, asked: dict[str, str], count: int, *, is_calm: bool) -> InboxPill:
    shown = brought_along(question, (label, asked))[0]
    return InboxPill(label, f"?{urlencode(asked)}", shown.is_on, count, is_calm)
