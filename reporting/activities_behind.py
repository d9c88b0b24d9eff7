"""The calls, conversations and appointments behind a figure."""

from dataclasses import dataclass

from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.models import Activity
from core.addresses import is_key
from core.pagination import Page, keyset_page
from reporting.efforts import activities_of
from reporting.scopes import Scopes
from reporting.selection import Selection

TITLES: dict[str, str | Promise] = {
    "calls": _("Calls"),
    "reached": _("Calls that reached somebody"),
    "appointments": _("Appointments held"),
}


@dataclass(frozen=True)
class ActivitiesBehind:
    """Those the reader may see, and how many there are in all."""

    title: str | Promise
    member: User | None
    page: Page[Activity]
    counted: int
    hidden: int


def activities_behind(selection: Selection, query: QueryDict, user: User, scopes: Scopes) -> ActivitiesBehind:
    """Find the activities of a figure by `what` and `member`; Http404 for a figure that is none."""
    what = query.get("what", "")
    if what not in TITLES:
        raise Http404
    rows = activities_of(selection, what)
    member = _member(selection, query.get("member", ""), scopes)
    if member:
        rows = rows.filter(rep=member.pk)
    visible = Activity.objects.visible_to(user).filter(pk__in=rows.values("pk"))
    shown = visible.select_related("author", "company", "person", "deal")
    counted, seen = rows.count(), visible.count()
    return ActivitiesBehind(
        TITLES[what],
        member,
        keyset_page(shown, ("-at", "-pk"), query.get("cursor", "")),
        counted,
        counted - seen,
    )


def _member(selection: Selection, key: str, scopes: Scopes) -> User | None:
    if not key:
        return None
    if not is_key(key) or selection.team is None or not scopes.shows_member(int(key), selection.team.pk):
        raise Http404
    return User.objects.filter(pk=int(key)).first()
