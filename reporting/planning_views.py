"""Pages of planning backwards: the Trichterrechner and its scenarios."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from core.addresses import is_key
from core.snapshot import snapshot
from planning.actions import archive_scenario, save_scenario, set_targets
from planning.models import Planned, Scenario, ScenarioVersion
from reporting.actions import log_look
from reporting.backwards.page import Calculator
from reporting.backwards.scenario_form import ScenarioForm
from reporting.backwards.target_setting import Proposal, changes_of, packed, proposals
from reporting.periods import period_of_code
from reporting.scopes import visible_scopes
from reporting.target_page import read_planned


@require_safe
def calculator(request: Request) -> HttpResponse:
    """From a target backwards to what has to come in."""
    scopes = visible_scopes(request.user)
    with snapshot():
        planned = read_planned(request.GET.get("of", ""), request.user, scopes)
        page = Calculator(request.GET, request.user, scopes, planned) if planned else None
        _note_look(request, planned)
        return render(request, "reporting/calculator.html", {"page": page, "form": ScenarioForm()})


@require_safe
def scenario_detail(request: Request, pk: int) -> HttpResponse:
    """A scenario with the figures of today; what it assumes can be turned further, and kept as a version."""
    scenario = get_visible(Scenario.objects.select_related("rep__team", "team"), request.user, pk)
    version = _version(scenario, request.GET.get("version", ""))
    with snapshot():
        page = Calculator(request.GET, request.user, visible_scopes(request.user), scenario.planned, version)
        _note_look(request, scenario.planned)
        may_set = scenario.sets_targets_of(request.user)
        found = _proposals(version) if may_set else []
        context = {
            "page": page,
            "scenario": scenario,
            "versions": scenario.versions.select_related("made_by")[:50],
            "form": ScenarioForm(),
            "proposals": found,
            "seen": packed(found),
        }
        return render(request, "reporting/calculator.html", context)


@require_POST
def scenario_add(request: Request) -> HttpResponse:
    """Keep what is shown under a name."""
    scopes = visible_scopes(request.user)
    planned = read_planned(request.POST.get("of", ""), request.user, scopes)
    if planned is None:
        raise Http404
    page = Calculator(request.POST, request.user, scopes, planned)
    if not page.may_save:
        raise PermissionDenied
    form = ScenarioForm(request.POST)
    if not (page.form.is_bound and page.form.is_valid() and form.is_valid()):
        context = {"page": page, "form": form}
        return render(request, "reporting/calculator.html", context, status=422)
    version = save_scenario(planned, form.cleaned_data["name"], page.assumptions(), actor=request.user)
    messages.success(request, _("The scenario is kept."))
    return redirect(version.scenario.get_absolute_url())


@require_POST
def scenario_save(request: Request, pk: int) -> HttpResponse:
    """Keep what is shown as the next version of a scenario."""
    scenario = get_editable(Scenario.objects.select_related("rep__team", "team"), request.user, pk)
    version = _version(scenario, "")
    page = Calculator(request.POST, request.user, visible_scopes(request.user), scenario.planned, version)
    if not (page.form.is_bound and page.form.is_valid()):
        return HttpResponseBadRequest(page.form.errors.as_text())
    seen = request.POST.get("seen", "")
    save_scenario(
        scenario.planned,
        scenario.name,
        page.assumptions(),
        actor=request.user,
        scenario=scenario,
        seen=int(seen) if is_key(seen) else 0,
    )
    messages.success(request, _("The scenario is kept."))
    return redirect(scenario.get_absolute_url())


@require_POST
def scenario_targets(request: Request, pk: int) -> HttpResponse:
    """Make the numbers of a scenario's last version the targets of its months."""
    scenario = get_visible(Scenario.objects.select_related("rep__team", "team"), request.user, pk)
    if not scenario.sets_targets_of(request.user):
        raise PermissionDenied
    version = _version(scenario, "")
    changes = changes_of(_proposals(version), request.POST.get("seen", ""))
    changed = set_targets(scenario.planned, changes, actor=request.user)
    said = ngettext("%(count)s target saved.", "%(count)s targets saved.", changed)
    messages.success(request, said % {"count": changed})
    return redirect(f"{reverse('reporting:targets')}?of={scenario.planned.code}&year={version.period[:4]}")


@require_POST
def scenario_archive(request: Request, pk: int) -> HttpResponse:
    """Put a scenario away."""
    scenario = archive_scenario(
        get_editable(Scenario.objects.select_related("rep__team", "team"), request.user, pk),
        actor=request.user,
    )
    messages.success(request, _("The scenario is put away."))
    return redirect(f"{reverse('reporting:calculator')}?of={scenario.planned.code}")


def _version(scenario: Scenario, number: str) -> ScenarioVersion:
    """A version by its number, else the last one; Http404 where there is none."""
    versions = scenario.versions.all()
    found = versions.filter(number=int(number)).first() if is_key(number) else versions.first()
    if found is None:
        raise Http404
    return found


def _proposals(version: ScenarioVersion) -> list[Proposal]:
    today = timezone.localdate()
    return proposals(version.scenario.planned, version, period_of_code(version.period, today), today)


def _note_look(request: Request, planned: Planned | None) -> None:
    """Admins look at single persons' figures on the record."""
    if request.user.is_admin and planned and planned.rep:
        log_look(request.user, rep=planned.rep, team_id=None)
