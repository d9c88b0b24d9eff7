"""Beginning anew after a deadlock: whoever locks the same rows in another order has won, nothing was done."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import psycopg2.errors
from django.db import OperationalError, connection

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3


def again_after_deadlock(action: Callable[P, R]) -> Callable[P, R]:
    """Let an action that is one transaction of its own begin anew, twice at most."""

    @functools.wraps(action)
    def run(*args: P.args, **named: P.kwargs) -> R:
        for tries_left in reversed(range(TRIES)):
            try:
                return action(*args, **named)
            except OperationalError as error:
                is_deadlock = isinstance(error.__cause__, psycopg2.errors.DeadlockDetected)
                if not is_deadlock or connection.in_atomic_block or not tries_left:
                    raise
        raise AssertionError

    return run
