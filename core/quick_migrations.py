"""Migrating an empty database in less time.

After every operation Django builds the changed model anew, and with it all that are related to it: with two
hundred tables this is nearly all of the time. An index, a constraint or a trigger changes no column, and
what it does in the database reads columns only; so there the models stay as they are. The state beside them
(`ProjectState.models`), of which the next change of a column builds them, is kept as ever.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.db.migrations.operations.models import IndexOperation
from django.db.migrations.state import ProjectState

Forwards = Callable[[IndexOperation, str, ProjectState], None]


@contextmanager
def columns_only() -> Iterator[None]:
    """Let operations on indexes, constraints and triggers leave the built models alone."""
    with ExitStack() as stack:
        for kind in _kinds(IndexOperation):
            if "state_forwards" in vars(kind):
                stack.enter_context(patch.object(kind, "state_forwards", _quick(kind.state_forwards)))
        yield


def _kinds(base: type[IndexOperation]) -> Iterator[type[IndexOperation]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _quick(forwards: Forwards) -> Forwards:
    def state_forwards(self: IndexOperation, app_label: str, state: ProjectState) -> None:
        with patch.object(state, "reload_model", _leave_alone):
            forwards(self, app_label, state)

    return state_forwards


def _leave_alone(app_label: str, model_name: str, delay: bool = False) -> None:
    """In the place of ProjectState.reload_model."""
