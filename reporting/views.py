"""Pages of the reports."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import Request
from core.snapshot import snapshot
from reporting.actions import log_look
from reporting.changes_asked import choices_of, read_asked
from reporting.changes_page import ChangesPage
from reporting.dashboard import Dashboard, Funnel
from reporting.rows_behind import rows_behind
from reporting.scopes import visible_scopes
from reporting.selection import read_selection, ribbon_selection


@require_safe
def dashboard(request: Request) -> HttpResponse:
    """The figures of a period: everyone's, a team's or a rep's."""
    scopes = visible_scopes(request.user)
    with snapshot():
        selection = read_selection(request.GET, request.user, scopes)
        page = Dashboard(selection, request.user, scopes)
        if request.user.is_admin and page.shows_persons:
            log_look(request.user, rep=selection.rep, team_id=selection.team.pk if selection.team else None)
        return render(request, "reporting/dashboard.html", {"page": page, "selection": selection})


@require_safe
def changes(request: Request) -> HttpResponse:
    """What has changed since a day; a fragment is the list alone, drawn again after something was written."""
    scopes = visible_scopes(request.user)
    with snapshot():
        choices = choices_of(request.user, scopes)
        asked = read_asked(request.GET, request.user, choices)
        page = ChangesPage(asked, request.user, scopes, choices, request.GET.get("cursor", ""))
        if request.user.is_admin and page.shows_persons and not request.htmx:
            log_look(request.user, rep=asked.whose.rep, team_id=asked.whose.team_id)
        template = "reporting/_changes_list.html" if request.htmx else "reporting/changes.html"
        return render(request, template, {"page": page, "asked": asked})


@require_safe
def deals(request: Request) -> HttpResponse:
    """The deals a figure counts."""
    scopes = visible_scopes(request.user)
    with snapshot():
        selection = read_selection(request.GET, request.user, scopes)
        behind = rows_behind(selection, request.GET, request.user, scopes)
        return render(request, "reporting/deals.html", {"behind": behind, "selection": selection})


@require_safe
def funnel_ribbon(request: Request) -> HttpResponse:
    """The funnel above the board: twelve months of the owner or team the board is filtered by."""
    scopes = visible_scopes(request.user)
    with snapshot():
        selection = ribbon_selection(request.GET, scopes)
        page = Funnel(selection, scopes) if selection else None
        return render(request, "reporting/_funnel_ribbon.html", {"page": page})
