"""Pages for requests that could not be read, and for those that failed on our side."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = "5"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBadRequest:
    """Look at nothing of the request: Django's own page reads the form again, which may be the trouble."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away, in whatever middleware that was noticed; 500 for everything else."""
    if is_outage(sys.exception()):
        return unavailable()
    return HttpResponseServerError(render_to_string("500.html"))


def is_outage(exception: BaseException | None) -> bool:
    """Whether the database is away, or too busy to answer."""
    return isinstance(exception, OperationalError | InterfaceError)


def unavailable() -> HttpResponse:
    """A page that needs nothing, and when to ask again."""
    headers = {"Retry-After": RETRY_AFTER_SECONDS}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
