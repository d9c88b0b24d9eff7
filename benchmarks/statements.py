"""Telling, where a request asks for it, how many statements its answer took and for how long."""

from collections.abc import Callable
from time import perf_counter

from django.db import connection
from django.http import HttpRequest, HttpResponse

ASKED, COUNT, SECONDS = "x-bench-statements", "x-bench-count", "x-bench-seconds"


class StatementsMiddleware:
    """Counts and times the statements of a request that carries the header; others pass as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with two more headers."""
        if ASKED not in request.headers:
            return self.get_response(request)
        statements = _Statements()
        with connection.execute_wrapper(statements):
            response = self.get_response(request)
        response[COUNT], response[SECONDS] = str(statements.count), str(statements.seconds)
        return response


class _Statements:
    def __init__(self) -> None:
        self.count, self.seconds = 0, 0.0

    def __call__(self, execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        self.count += 1
        began = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += perf_counter() - began
