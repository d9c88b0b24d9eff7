"""What every answer carries, and how refusals and outages reach the user."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import DomainError
from core.failures import is_outage, unavailable

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

GetResponse = Callable[[HttpRequest], HttpResponse]


class SecurityHeadersMiddleware:
    """Content Security Policy on everything; nothing behind the log-in is kept by a cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that are not there yet."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class DatabaseDownMiddleware:
    """Answers 503 when a view finds the database away; core.failures does so when a middleware finds it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; exceptions arrive in process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a lost database into the page; anything else takes its usual way."""
        return unavailable() if is_outage(exception) else None


class DomainErrorMiddleware:
    """Turns refusals into a message: a toast for a fragment, a page for everything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; refusals arrive in process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """422 for a refusal, 409 for a stale one."""
        if not isinstance(exception, DomainError):
            return None
        if request.headers.get("HX-Request"):
            return refusal_fragment(request, exception)
        return render(request, "refused.html", {"message": exception.message}, status=exception.status)


def refusal_fragment(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A toast out of band; the target of the request stays as it is."""
    context = {"message": error.message, "level": messages.ERROR}
    response = render(request, "components/_refusal.html", context, status=error.status)
    response["HX-Reswap"] = "none"
    return response
