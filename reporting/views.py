"""Pages of the reports."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from core.snapshot import snapshot
from planning.actions import set_targets
from reporting.actions import log_look
from reporting.changes_asked import choices_of, read_asked
from reporting.changes_page import ChangesPage
from reporting.dashboard import PARTS, Dashboard
from reporting.forecast_page import ForecastPage
from reporting.funnel import Funnel
from reporting.lead_page import LeadReportPage
from reporting.review_page import ReviewPage
from reporting.rows_behind import rows_behind
from reporting.scopes import visible_scopes
from reporting.selection import read_selection, ribbon_selection
from reporting.target_filling import FillForm
from reporting.target_form import TargetForm
from reporting.target_page import TargetPage, read_target_page
from reporting.wall import Wall, wall_selection


@require_safe
def dashboard(request: Request) -> HttpResponse:
    """The figures of a period: everyone's, a team's or a rep's."""
    return _dashboard(request, "reporting/dashboard.html")


@require_safe
def dashboard_part(request: Request, part: str) -> HttpResponse:
    """What stands below on the same page, or is unfolded there: fetched by it."""
    if part not in PARTS:
        raise Http404
    return _dashboard(request, PARTS[part])


def _dashboard(request: Request, template: str) -> HttpResponse:
    scopes = visible_scopes(request.user)
    with snapshot():
        selection = read_selection(request.GET, request.user, scopes)
        page = Dashboard(selection, request.user, scopes)
        if request.user.is_admin and not request.htmx and page.shows_persons:
            log_look(request.user, rep=selection.rep, team_id=selection.team.pk if selection.team else None)
        return render(request, template, {"page": page, "selection": selection})


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
def forecast(request: Request) -> HttpResponse:
    """What the open deals, and those expected to come in, will bring."""
    scopes = visible_scopes(request.user)
    with snapshot():
        selection = read_selection(request.GET, request.user, scopes)
        page = ForecastPage(selection, request.GET, request.user, scopes)
        if request.user.is_admin and page.shows_persons:
            log_look(request.user, rep=selection.rep, team_id=None)
        return render(request, "reporting/forecast.html", {"page": page, "selection": selection})


@require_safe
def forecast_review(request: Request) -> HttpResponse:
    """How right past forecasts were."""
    scopes = visible_scopes(request.user)
    with snapshot():
        selection = read_selection(request.GET, request.user, scopes)
        page = ReviewPage(selection, request.GET, request.user, scopes)
        if request.user.is_admin and page.shows_persons:
            log_look(request.user, rep=selection.rep, team_id=None)
        return render(request, "reporting/forecast_review.html", {"page": page, "selection": selection})


@require_safe
def leads(request: Request) -> HttpResponse:
    """What came of the leads of a period, by source, medium, campaign, form, owner, team."""
    with snapshot():
        return render(request, "reporting/leads.html", {"page": LeadReportPage(request.GET, request.user)})


@require_safe
def funnel_ribbon(request: Request) -> HttpResponse:
    """The funnel above the board: twelve months of the owner or team the board is filtered by."""
    scopes = visible_scopes(request.user)
    with snapshot():
        selection = ribbon_selection(request.GET, scopes)
        board = QueryDict(request.GET.get("board", "").removeprefix("?"))
        page = Funnel(selection, scopes, board) if selection else None
        return render(request, "reporting/_funnel_ribbon.html", {"page": page})


@require_safe
def wall(request: Request) -> HttpResponse:
    """The figures of a team, or of all, for a screen on the wall."""
    return _wall(request, "reporting/wall.html")


@require_safe
def wall_figures(request: Request) -> HttpResponse:
    """The same as a fragment, fetched every minute."""
    return _wall(request, "reporting/_wall.html")


def _wall(request: Request, template: str) -> HttpResponse:
    scopes = visible_scopes(request.user)
    with snapshot():
        page = Wall(wall_selection(request.GET, request.user, scopes), scopes)
        return render(request, template, {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: Request) -> HttpResponse:
    """The targets of a team or rep in a year, as a table; those who set them type into it."""
    asked = request.POST if request.method == "POST" else request.GET
    page = read_target_page(asked, request.user, visible_scopes(request.user))
    if page is None:
        return render(request, "reporting/targets.html")
    if request.method == "POST":
        return _save_targets(request, page)
    if request.user.is_admin and page.planned.rep:
        log_look(request.user, rep=page.planned.rep, team_id=None)
    filling = FillForm(request.GET if request.GET.get("fill") else None, planned=page.planned, year=page.year)
    form = TargetForm(
        None,
        planned=page.planned,
        year=page.year,
        filled=filling.filled if page.is_editable else None,
        reached=page.reached,
        is_editable=page.is_editable,
    )
    return render(request, "reporting/targets.html", {"page": page, "form": form, "filling": filling})


def _save_targets(request: Request, page: TargetPage) -> HttpResponse:
    if not page.is_editable:
        raise PermissionDenied
    form = TargetForm(request.POST, planned=page.planned, year=page.year, reached=page.reached)
    if not form.is_valid() or form.is_stale():
        filling = FillForm(None, planned=page.planned, year=page.year)
        context = {"page": page, "form": form, "filling": filling}
        return render(request, "reporting/targets.html", context, status=422)
    changed = set_targets(page.planned, form.changes(), actor=request.user)
    said = ngettext("%(count)s target saved.", "%(count)s targets saved.", changed)
    messages.success(request, said % {"count": changed})
    return redirect(page.url())
