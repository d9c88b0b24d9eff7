"""Whose figures a user may see: the one place that decides it (docs/security.md, "Figures per person")."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings

from accounts.models import Team, User
from accounts.rights import led_team_ids
from planning.models import FIGURES_OF_PERSONS

TEAM: Final = "team"


@dataclass(frozen=True, slots=True)
class Scopes:
    """What one user may see: the totals of teams, and the figures of persons."""

    everyone: bool
    """The totals of all teams together."""
    team_ids: frozenset[int]
    """Teams whose totals are visible."""
    people_of: frozenset[int]
    """Teams whose members are visible one by one."""
    rep_ids: frozenset[int]
    """Persons whose figures over all their teams are visible."""
    least_people: int
    """A total made of fewer people is not shown: it would tell of persons."""

    def shows_team(self, team_id: int) -> bool:
        """The team's totals."""
        return team_id in self.team_ids

    def shows_rep(self, rep_id: int) -> bool:
        """One person's figures."""
        return rep_id in self.rep_ids

    def shows_member(self, rep_id: int, team_id: int) -> bool:
        """One person's part in the figures of one team."""
        return team_id in self.people_of or rep_id in self.rep_ids

    def shows_people(self, people: int) -> bool:
        """A total made of so many people."""
        return people >= self.least_people


def visible_scopes(user: User) -> Scopes:
    """Whose figures `user` may see, as PER_REP_FIGURES says."""
    own_team = frozenset() if user.team.is_unassigned else frozenset({user.team_id})
    led = _led(user)
    sees_everyone = user.is_admin or settings.DEAL_VISIBILITY == "all"
    if settings.PER_REP_FIGURES != FIGURES_OF_PERSONS:
        teams = led | own_team if settings.PER_REP_FIGURES == TEAM else led
        none: frozenset[int] = frozenset()
        return Scopes(sees_everyone, teams, none, none, settings.MINIMUM_GROUP_SIZE)
    return Scopes(
        everyone=sees_everyone,
        team_ids=led | own_team,
        people_of=led,
        rep_ids=_reps_of(led) | {user.pk},
        least_people=1,
    )


def _led(user: User) -> frozenset[int]:
    """Every team for an admin, the led ones for a manager."""
    if user.is_admin:
        return frozenset(Team.objects.values_list("pk", flat=True))
    return frozenset(led_team_ids(user))


def _reps_of(team_ids: frozenset[int]) -> frozenset[int]:
    return (
        frozenset(User.objects.filter(team__in=team_ids).values_list("pk", flat=True))
        if team_ids
        else frozenset()
    )
