"""Saving scenarios: under a new name, or as the next version of one; putting them away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import events
from planning.errors import ScenarioChanged, ScenarioNameTaken
from planning.models import Planned, Scenario, ScenarioVersion


@dataclass(frozen=True)
class Assumptions:
    """What a version holds."""

    goal: str
    amount: Decimal
    currency: str
    period: str
    levers: Mapping[str, int] = field(default_factory=dict)
    needed: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def save_scenario(
    planned: Planned,
    name: str,
    assumptions: Assumptions,
    *,
    actor: User,
    scenario: Scenario | None = None,
    seen: int = 0,
) -> ScenarioVersion:
    """Keep assumptions under a name: of `scenario` as its next version, else as a new scenario.

    `seen` is the version its writer saw; refused where somebody has added another since. The same
    assumptions once more add nothing.
    """
    if scenario is None:
        scenario = _named(planned, name)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    last = scenario.versions.first()
    if last and _as_kept(last) == _as_given(assumptions):
        return last
    if (last.number if last else 0) != seen or scenario.archived_at:
        raise ScenarioChanged(_("Someone else has changed this scenario in the meantime."))

    version = ScenarioVersion.objects.create(
        scenario=scenario, number=seen + 1, made_by=actor, **vars(assumptions)
    )
    events.record("scenario.saved", scenario, actor=actor, number=version.number)
    return version


@transaction.atomic
def archive_scenario(scenario: Scenario, *, actor: User) -> Scenario:
    """Put a scenario away; its name is free again, its versions stay."""
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if scenario.archived_at is None:
        scenario.archived_at = timezone.now()
        scenario.save(update_fields=["archived_at"])
        events.record("scenario.archived", scenario, actor=actor)
    return scenario


def _named(planned: Planned, name: str) -> Scenario:
    """A new one under this name."""
    scenario, is_new = Scenario.objects.current().get_or_create(rep=planned.rep, team=planned.team, name=name)
    if not is_new:
        raise ScenarioNameTaken(_("There is a scenario of this name already."))
    return scenario


def _as_kept(version: ScenarioVersion) -> tuple:
    return version.goal, version.amount, version.currency, version.period, version.levers


def _as_given(assumptions: Assumptions) -> tuple:
    return (
        assumptions.goal,
        assumptions.amount,
        assumptions.currency,
        assumptions.period,
        dict(assumptions.levers),
    )
