"""Pages that measure calls."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import Request
from core.snapshot import snapshot
from reporting.actions import log_look
from reporting.call_page import CallPage, calls_behind
from reporting.scopes import visible_scopes
from reporting.selection import read_selection


@require_safe
def calls(request: Request) -> HttpResponse:
    """Calls, reach and appointments of a period, by caller and by hour of the day."""
    scopes = visible_scopes(request.user)
    with snapshot():
        selection = read_selection(request.GET, request.user, scopes)
        page = CallPage(selection, scopes)
        if request.user.is_admin and page.shows_persons:
            log_look(request.user, rep=selection.rep, team_id=selection.team.pk if selection.team else None)
        return render(request, "reporting/calls.html", {"page": page, "selection": selection})


@require_safe
def calls_of_figure(request: Request) -> HttpResponse:
    """The calls a figure counts."""
    scopes = visible_scopes(request.user)
    with snapshot():
        selection = read_selection(request.GET, request.user, scopes)
        behind = calls_behind(selection, request.GET, request.user, scopes)
        return render(request, "reporting/calls_behind.html", {"behind": behind, "selection": selection})
