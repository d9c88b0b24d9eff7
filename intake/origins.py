"""Which web site sent a request or shows a form, and what the browser is told about it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from intake.errors import ForeignSite
from intake.models import LeadForm

POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"


def is_elsewhere(request: HttpRequest, form: LeadForm) -> bool:
    """Whether an allowed web site sent this; ForeignSite for one that is not allowed.

    Browsers always say where a form was sent from. Whoever is no browser may say anything: this protects
    visitors of other sites, not us; for us there are the traps and the count.
    """
    origin = request.headers.get("Origin", "")
    host = urlsplit(origin).netloc.lower()
    if not origin or host == request.get_host().lower():
        return False
    if host not in form.hosts:
        raise ForeignSite(_("This form may not be used from this web site."))
    return True


def refuse_foreign(request: HttpRequest, hosts: list[str]) -> None:
    """ForeignSite unless a page of one of these hosts sent this; browsers always say where from."""
    if urlsplit(request.headers.get("Origin", "")).netloc.lower() not in hosts:
        raise ForeignSite(_("This web site may not tell of visits."))


def allow_origin(request: HttpRequest, response: HttpResponse, hosts: list[str]) -> HttpResponse:
    """Let scripts of allowed web sites read the answer (CORS); no cookies are involved."""
    origin = request.headers.get("Origin", "")
    patch_vary_headers(response, ["Origin"])
    if origin and urlsplit(origin).netloc.lower() in hosts:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Methods"] = "POST, OPTIONS"
        response["Access-Control-Allow-Headers"] = "Content-Type, Accept"
        response["Access-Control-Max-Age"] = "600"
    return response


def allow_frames(response: HttpResponse, form: LeadForm | None, *, is_embedded: bool) -> HttpResponse:
    """Where this page may be shown in a frame: on the form's own sites, and only its version for frames.

    Browsers ask `form-action` also about where a form's answer leads to.
    """
    frames = sources_of(form) if form and is_embedded else "'none'"
    thanks = urlsplit(form.thanks_url) if form and form.thanks_url else None
    leads_to = f" {thanks.scheme}://{thanks.netloc}" if thanks else ""
    response["Content-Security-Policy"] = f"{POLICY}; form-action 'self'{leads_to}; frame-ancestors {frames}"
    if is_embedded:
        # The older header knows no lists; X-Frame-Options would forbid what the policy allows.
        response.xframe_options_exempt = True
    return response


def sources_of(form: LeadForm) -> str:
    """The form's web sites as the policy names them; without encryption only where we have none either."""
    schemes = ("https",) if settings.IS_SECURE else ("https", "http")
    return " ".join(["'self'", *(f"{scheme}://{host}" for host in form.hosts for scheme in schemes)])
