"""What a web site of the house loads and sends: the script, and page views after consent."""

import functools
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.client_address import client_address
from intake.actions import see_page
from intake.models import WebSite
from intake.origins import refuse_foreign
from intake.public_pages import problem, read_json, refuse_larger
from intake.senders import count_sender, digest_of
from intake.visit_form import VisitForm
from intake.visit_pages import of_site

LARGEST_VIEW = 8 * 1024
SCRIPT = Path(__file__).resolve().parent.parent / "visits.js"


@of_site
@require_GET
def visit_script(request: HttpRequest, site: WebSite) -> HttpResponse:
    """The script that a page of the site includes; it finds our address by its own."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@of_site
@require_http_methods(["POST", "OPTIONS"])
def visit_view(request: HttpRequest, site: WebSite) -> HttpResponse:
    """Keep a page view, unless the browser says that its user wants none of this."""
    if request.method == "OPTIONS" or _objects(request):
        return HttpResponse(status=204)
    refuse_larger(request, LARGEST_VIEW)
    refuse_foreign(request, site.hosts)
    count_sender(digest_of(f"visits {client_address(request)}"), most=settings.INTAKE_MOST_VIEWS_PER_ADDRESS)
    form = VisitForm(read_json(request))
    if not form.is_valid():
        return problem(422, str(_("This is no page view.")))

    see_page(site, form.visitor_id(), form.seen())

    return HttpResponse(status=204)


def _objects(request: HttpRequest) -> bool:
    """Do Not Track, and Global Privacy Control."""
    return "1" in (request.headers.get("DNT"), request.headers.get("Sec-GPC"))


@functools.cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")
