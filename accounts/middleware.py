"""The user's own language, and log-in for fragments."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import translation

from core.addresses import split_address

GetResponse = Callable[[HttpRequest], HttpResponse]


class UserLanguageMiddleware:
    """The language stored with the user wins over that of the browser."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate it for this request."""
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


class FragmentLoginMiddleware:
    """An expired session answers a fragment with 401 and HX-Redirect, never with a page inside a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Replace the redirect to the log-in that LoginRequiredMiddleware answers."""
        response = self.get_response(request)
        is_fragment = request.headers.get("HX-Request") == "true"
        if not is_fragment or request.user.is_authenticated or response.status_code != 302:
            return response
        login = resolve_url(settings.LOGIN_URL)
        if not response["Location"].startswith(login):
            return response
        page = split_address(request.headers.get("HX-Current-URL", "/"))
        path = page.path or "/"
        back = urlencode({"next": f"{path}?{page.query}" if page.query else path})
        return HttpResponse(status=401, headers={"HX-Redirect": f"{login}?{back}"})
