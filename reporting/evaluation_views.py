"""Pages of the stage quotas: a rep or team beside targets and the others, and what was done for it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import Request
from core.snapshot import snapshot
from reporting.actions import log_look
from reporting.activities_behind import activities_behind
from reporting.evaluation import Evaluation
from reporting.scopes import visible_scopes
from reporting.selection import read_selection


@require_safe
def evaluation(request: Request) -> HttpResponse:
    """Actual beside target, the ways through the stages, effort, leaks, hand-overs."""
    scopes = visible_scopes(request.user)
    with snapshot():
        selection = read_selection(request.GET, request.user, scopes)
        page = Evaluation(selection, request.user, scopes)
        if request.user.is_admin and page.shows_persons:
            log_look(request.user, rep=selection.rep, team_id=selection.team.pk if selection.team else None)
        return render(request, "reporting/evaluation.html", {"page": page, "selection": selection})


@require_safe
def activities(request: Request) -> HttpResponse:
    """The calls or appointments a figure counts."""
    scopes = visible_scopes(request.user)
    with snapshot():
        selection = read_selection(request.GET, request.user, scopes)
        behind = activities_behind(selection, request.GET, request.user, scopes)
        return render(request, "reporting/activities.html", {"behind": behind, "selection": selection})
