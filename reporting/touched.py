"""Which figures follow from a clock that changed."""

from collections.abc import Collection

from reporting.clocks import Clock, next_target
from reporting.figures import Scope


class Touched:
    """The figures of one stage and period that follow from some clocks.

    Compared rates change with those they are compared with: of every team, and of every rep of the same team.
    """

    def __init__(self) -> None:
        self.targets: set[int] = set()
        self._rep_ids: set[tuple[int, int]] = set()
        self._team_ids: set[tuple[int, int]] = set()
        self._compared: set[int] = set()

    def note(self, clock: Clock, targets: Collection[int]) -> None:
        """One more clock that changed, towards these targets."""
        self.targets |= set(targets)
        self._rep_ids |= {(target, clock.owner_id) for target in targets}
        self._team_ids |= {(target, clock.team_id) for target in targets}
        self._compared |= {next_target(clock.stage)} & set(targets)

    def wants(self, scope: Scope, target: int) -> bool:
        """Whether the figure of a scope and target is among them."""
        if target not in self.targets:
            return False
        if scope.team_id is None:
            return scope.rep_id is None or (target, scope.rep_id) in self._rep_ids
        is_compared_team = scope.rep_id is None and target in self._compared
        return is_compared_team or (target, scope.team_id) in self._team_ids
