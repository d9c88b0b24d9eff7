"""What the public addresses of a web site have in common: no log-in, no cookie, refusals as JSON."""

import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt

from core.errors import DomainError
from intake.models import WebSite
from intake.origins import allow_origin
from intake.public_pages import problem


def of_site(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public address of a web site, given to the view as a row; 404 until an admin switches it on."""

    @login_not_required
    @csrf_exempt
    @functools.wraps(view)
    def answer(request: HttpRequest, address: str) -> HttpResponse:
        site = get_object_or_404(WebSite.objects.filter(is_active=True), address=address)
        try:
            response = view(request, site)
        except DomainError as refusal:
            response = problem(refusal.status, str(refusal.message))
        return allow_origin(request, response, site.hosts)

    return answer
