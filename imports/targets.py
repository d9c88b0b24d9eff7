"""Taking in targets: whose they are, what contradicts itself, and writing them."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings as site
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Team, User
from imports.cells import folded
from imports.directory import NameAmbiguousError, Reps, known_teams
from imports.sources import Source
from imports.target_rows import TargetRow
from planning.actions import Cell, take_over_targets
from planning.models import FIGURES_OF_PERSONS, Planned


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a table of targets."""

    targets: int
    changed: int


class _UnknownError(Exception):
    """Whose target it is cannot be told; carries the reason."""


@transaction.atomic
def import_targets(source: Source[TargetRow], *, is_trial: bool) -> TakenIn:
    """Set the targets of the good rows, in place of what stood in those cells; all of them or none.

    Rows whose rep or team is unknown, and those that contradict an earlier one, are rejected. Reps and teams
    are never created: a target for a name that nobody bears is a mistake.
    """
    tables: dict[Planned, dict[Cell, Decimal]] = defaultdict(dict)
    lines: dict[tuple[Planned, Cell], int] = {}
    owners = _Owners()
    for row in source.rows:
        try:
            planned = owners.of(row)
        except (_UnknownError, NameAmbiguousError) as reason:
            source.reject([row.line], str(reason))
            continue
        cell = (row.of, row.month)
        if tables[planned].setdefault(cell, row.amount) != row.amount:
            first = lines[planned, cell]
            source.reject([row.line], _("Line %(line)s sets another target for it.") % {"line": first})
            continue
        lines.setdefault((planned, cell), row.line)

    changed = sum(take_over_targets(planned, cells, actor=None) for planned, cells in tables.items())
    if is_trial:
        transaction.set_rollback(True)
    return TakenIn(targets=sum(map(len, tables.values())), changed=changed)


class _Owners:
    """Finds whose target a row is."""

    def __init__(self) -> None:
        teams = known_teams()
        self._teams = teams
        self._reps = Reps(teams)
        self._found: dict[tuple[str, str], Planned] = {}

    def of(self, row: TargetRow) -> Planned:
        """The rep if one is named, else the team."""
        key = (folded(row.owner), "" if row.owner else folded(row.team))
        if key not in self._found:
            self._found[key] = Planned(self._rep(row.owner) if row.owner else self._team(row.team))
        return self._found[key]

    def _rep(self, name: str) -> User:
        if site.PER_REP_FIGURES != FIGURES_OF_PERSONS:
            raise _UnknownError(_("Figures of single persons are not shown here, so they have no targets."))
        user = self._reps.find(name)
        if user is None:
            raise _UnknownError(
                _("No user has the name or address “%(name)s”; map it with “owner:%(name)s=address”.")
                % {"name": name}
            )
        return user

    def _team(self, name: str) -> Team:
        team = self._teams.find(name)
        if team is None or team.is_unassigned:
            raise _UnknownError(
                _("There is no team “%(name)s”; map it with “team:%(name)s=…”.") % {"name": name}
            )
        return team
