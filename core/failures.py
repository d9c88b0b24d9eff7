"""Pages for requests that could not be read."""

from django.http import HttpRequest, HttpResponseBadRequest
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBadRequest:
    """Look at nothing of the request: Django's own page reads the form again, which may be the trouble."""
    return HttpResponseBadRequest(render_to_string("400.html"))
