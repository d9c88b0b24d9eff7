"""The endpoint for other programs: one lead per request, as JSON, with the key of a source."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accounts.client_address import client_address
from core.errors import DomainError
from intake.actions import receive_submission, use_key
from intake.handed_in import HandedInForm
from intake.models import SourceKey
from intake.public_pages import problem, read_json, refuse_large
from intake.senders import digest_of

BEARER = "Bearer "


@login_not_required
@csrf_exempt
def api_leads(request: HttpRequest) -> HttpResponse:
    """Take one lead in: 202 when it is new, 200 when its external id is known."""
    if request.method != "POST":
        refusal = problem(405, _("Leads are handed in by POST."))
        refusal["Allow"] = "POST"
        return refusal
    try:
        return _take(request)
    except DomainError as error:
        return problem(error.status, str(error.message))


def _take(request: HttpRequest) -> HttpResponse:
    key = _key(request)
    if key is None:
        refusal = problem(401, _("The key is missing, wrong or revoked."))
        refusal["WWW-Authenticate"] = "Bearer"
        return refusal
    refuse_large(request, takes_files=False)
    if request.content_type != "application/json":
        return problem(415, _("Please send JSON (Content-Type: application/json)."))
    form = HandedInForm(read_json(request))
    if not form.is_valid():
        return problem(422, _("Please check these fields."), form.problems())
    submission, is_new = receive_submission(key, form.given(digest_of(client_address(request))))
    body = {
        "reference": str(submission.reference),
        "external_id": submission.once,
        "state": submission.state,
        "is_new": is_new,
    }
    return JsonResponse(body, status=202 if is_new else 200)


def _key(request: HttpRequest) -> SourceKey | None:
    header = request.headers.get("Authorization", "")
    return use_key(header.removeprefix(BEARER)) if header.startswith(BEARER) else None
