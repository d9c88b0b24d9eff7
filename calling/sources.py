"""Where call lists come from: the inbox of leads, calls that are due, views and chosen rows of the lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.rights import covered_owner_ids
from activities.models import FollowUp
from calling.actions import MOST_ENTRIES, Callee
from contacts.models import Channel
from leads.models import Lead, LeadQuerySet
from lists.models import SavedView, ViewPage
from lists.pages import list_page, table_page

INBOX, FOLLOW_UPS = "inbox", "follow-ups"
# The lists whose rows can be called, by the link of an entry, and the order they are called in.
CALLABLE = {
    ViewPage.LEADS: ("lead", ("due_key", "pk")),
    ViewPage.LIST: ("deal", ("next_step_key", "pk")),
    ViewPage.COMPANIES: ("company", ("sort_key", "pk")),
    ViewPage.PERSONS: ("person", ("sort_key", "pk")),
}
PHONES = (Channel.Kind.PHONE, Channel.Kind.MOBILE)
MOST_COUNTED = 999
MOST_VIEWS = 30


@dataclass(frozen=True)
class Source:
    """Something a list can be made of, with how many there are to call."""

    code: str
    name: str | Promise
    count: int | None = None


def sources(user: User) -> list[Source]:
    """The inbox and the calls that are due, with their counts, and the saved views of the lists."""
    fixed = [
        Source(INBOX, _("Leads of my inbox"), _inbox(user).order_by()[:MOST_COUNTED].count()),
        Source(FOLLOW_UPS, _("Calls that are due"), _due_calls(user).order_by()[:MOST_COUNTED].count()),
    ]
    return [*fixed, *(Source(f"view-{view.pk}", view.name) for view in saved_views(user)[:MOST_VIEWS])]


def saved_views(user: User) -> "QuerySet[SavedView]":
    """The views whose rows can be called."""
    return SavedView.objects.visible_to(user).filter(page__in=list(CALLABLE)).order_by("name", "pk")


def inbox_callees(user: User) -> Iterator[Callee]:
    """The user's open leads that are due or that nobody has planned anything for, the most urgent first."""
    for lead in _inbox(user).order_by("due_key", "pk")[:MOST_ENTRIES]:
        yield Callee(lead=lead)


def due_callees(user: User) -> Iterator[Callee]:
    """Whom the user wanted to call by today, the earliest first."""
    due = _due_calls(user).select_related("deal", "lead", "company", "person")
    for follow_up in due[:MOST_ENTRIES]:
        yield _callee_of(follow_up)


def view_callees(view: SavedView, user: User) -> Iterator[Callee]:
    """The rows of a saved view that the user may work on."""
    page, table = table_page(view.page)
    found = page.read(QueryDict(view.query), user).qs
    rows = table.rows.editable_by(user).filter(pk__in=found.order_by().values("pk"))
    return callees(ViewPage(view.page), rows.order_by(*CALLABLE[ViewPage(view.page)][1])[:MOST_ENTRIES])


def callees(page: ViewPage, rows: Iterable[Model]) -> Iterator[Callee]:
    """Rows of a list as somebody to be called."""
    link, _order = CALLABLE[page]
    for row in rows:
        yield Callee(**{link: row})  # type: ignore[arg-type]


def page_of(code: str) -> ViewPage | None:
    """The list of this code, if its rows can be called."""
    return next((page for page in CALLABLE if page == code), None)


def name_of(page: ViewPage) -> str | Promise:
    """What a list of chosen rows is called unasked."""
    return pgettext_lazy("call list", "Chosen: %(list)s") % {"list": list_page(page).code.label}


def _inbox(user: User) -> LeadQuerySet:
    """What is to be taken by the team comes along; what is planned for another day does not."""
    mine = Q(owner__in=[user.pk, *covered_owner_ids(user)]) | Q(owner=None)
    planned = Q(next_step_on__gt=timezone.localdate()) & ~Q(answered_at=None, answer_by__isnull=False)
    leads = Lead.objects.editable_by(user).open().filter(mine).exclude(planned)
    by_person = Channel.objects.filter(kind__in=PHONES, person=OuterRef("person"))
    by_company = Channel.objects.filter(kind__in=PHONES, company=OuterRef("company"))
    return leads.filter(~Q(phone="") | Exists(by_person) | Exists(by_company))


def _due_calls(user: User) -> "QuerySet[FollowUp]":
    owners = [user.pk, *covered_owner_ids(user)]
    due = FollowUp.objects.of_owners(owners).due(timezone.localdate()).filter(kind=FollowUp.Kind.CALL)
    # After the win or the loss it is no call of this list any more, but stays in "Today".
    running = Q(deal=None) | Q(deal__outcome="open", deal__voided_at=None)
    return due.filter(running).filter(Q(lead=None) | Q(deal__isnull=False) | Q(lead__in=_open_leads()))


def _open_leads() -> "QuerySet":
    return Lead.objects.current().open().values("pk")


def _callee_of(follow_up: FollowUp) -> Callee:
    if follow_up.deal is not None:
        return Callee(deal=follow_up.deal, follow_up=follow_up)
    if follow_up.lead is not None:
        return Callee(lead=follow_up.lead, follow_up=follow_up)
    if follow_up.person is not None:
        return Callee(person=follow_up.person, follow_up=follow_up)
    return Callee(company=follow_up.company, follow_up=follow_up)
