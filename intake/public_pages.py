"""What all public pages of the intake have in common: no log-in, no cookies, bounded, clear refusals."""

import functools
import json
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from activities.files import LARGEST
from core.errors import DomainError
from intake.errors import TooLarge, Unreadable
from intake.models import LeadForm
from intake.origins import allow_frames, allow_origin
from intake.public_form import MOST_FILES

LARGEST_BODY = 64 * 1024
LANGUAGES = ("de", "en")

View = Callable[..., HttpResponse]


def public_form_page(view: View) -> View:
    """A page of one form, given to the view as a row; refusals are answered in the words the sender reads."""

    @login_not_required
    @csrf_exempt
    @functools.wraps(view)
    def answer(request: HttpRequest, address: str, *, is_embedded: bool = False) -> HttpResponse:
        form = get_object_or_404(
            LeadForm.objects.select_related("source", "campaign", "team", "owner"), address=address
        )
        with translation.override(language_of(request)):
            try:
                response = view(request, form, is_embedded=is_embedded)
            except DomainError as refusal:
                response = refused(request, refusal)
        response["Referrer-Policy"] = "strict-origin-when-cross-origin"
        allow_origin(request, response, form.hosts)
        return allow_frames(response, form, is_embedded=is_embedded)

    return answer


def language_of(request: HttpRequest) -> str:
    """The language the address asks for, else that of the browser."""
    asked = request.GET.get("lang", "")
    language = asked if asked in LANGUAGES else (translation.get_language() or "de")[:2]
    return language if language in LANGUAGES else "de"


def refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """What cannot be taken, and why: as a page or as JSON (RFC 9457)."""
    if wants_json(request):
        return problem(refusal.status, str(refusal.message))
    return render(request, "intake/refused.html", {"message": refusal.message}, status=refusal.status)


def problem(status: int, title: str, errors: list[dict[str, str]] | None = None) -> JsonResponse:
    """An answer a program can read: what is wrong, and with which field."""
    body: dict[str, object] = {"type": "about:blank", "status": status, "title": title}
    if errors:
        body["errors"] = errors
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    if status == 429:
        response["Retry-After"] = "600"
    return response


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, not a person."""
    return (
        "application/json" in request.headers.get("Accept", "") or request.content_type == "application/json"
    )


def refuse_large(request: HttpRequest, *, takes_files: bool) -> None:
    """TooLarge for more than a form takes."""
    refuse_larger(request, LARGEST_BODY + (MOST_FILES * LARGEST if takes_files else 0))


def refuse_larger(request: HttpRequest, most: int) -> None:
    """TooLarge before anything is read; a length nobody names is taken for too large."""
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or len(length) > 12 or int(length) > most:
        raise TooLarge(_("That was too much: please send less text or smaller files."))


def read_json(request: HttpRequest) -> dict[str, object]:
    """The object that was sent; Unreadable for anything else."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("This is not JSON.")) from error
    if not isinstance(sent, dict):
        raise Unreadable(_("An object is expected."))
    return {str(name): _printable(value) for name, value in sent.items()}


def _printable(value: object) -> object:
    """Without halves of characters, which JSON can spell and the database cannot keep."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {str(_printable(name)): _printable(each) for name, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list) else value
