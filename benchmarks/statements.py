"""Telling, where a request asks for it, what its answer took: statements, their time, and that of Python."""

from collections.abc import Callable
from time import perf_counter, thread_time

from django.db import connection
from django.http import HttpRequest, HttpResponse

ASKED = "x-bench-statements"
COUNT, SECONDS, CPU_SECONDS = "x-bench-count", "x-bench-seconds", "x-bench-cpu-seconds"


class StatementsMiddleware:
    """Measures a request that carries the header; others pass as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with three more headers; the time of Python is that its thread was computing."""
        if ASKED not in request.headers:
            return self.get_response(request)
        statements, began = _Statements(), thread_time()
        with connection.execute_wrapper(statements):
            response = self.get_response(request)
        response[COUNT], response[SECONDS] = str(statements.count), str(statements.seconds)
        response[CPU_SECONDS] = str(thread_time() - began)
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
