"""The look-up address for telephone systems: opens the record of who calls, or tells a program who it is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.http import Request
from activities.actions import use_key
from activities.callers import find_caller
from activities.models import AccessKey

BEARER = "Bearer "
LONGEST_NUMBER = 60


@require_GET
def caller(request: Request) -> HttpResponse:
    """Open the page of who calls; a list where several share the number or nobody has it."""
    found = find_caller(request.GET.get("number", "")[:LONGEST_NUMBER], request.user)
    if len(found.matches) == 1 and found.matches[0].is_certain:
        return redirect(found.matches[0].url)
    return render(request, "activities/caller.html", {"caller": found})


@login_not_required
@require_GET
def caller_lookup(request: HttpRequest) -> JsonResponse:
    """Whom a number belongs to, as JSON, for the key in the header `Authorization: Bearer ...`.

    Without a valid key the answer is always the same 401, whoever has the number.
    """
    header = request.headers.get("Authorization", "")
    user = (
        use_key(header.removeprefix(BEARER), AccessKey.Purpose.TELEPHONE)
        if header.startswith(BEARER)
        else None
    )
    if user is None:
        refusal = JsonResponse({"error": "unauthorized"}, status=401)
        refusal["WWW-Authenticate"] = "Bearer"
        return refusal
    found = find_caller(request.GET.get("number", "")[:LONGEST_NUMBER], user)
    matches = [
        {
            "kind": match.kind,
            "name": str(match.row),
            "certain": match.is_certain,
            "url": request.build_absolute_uri(match.url),
        }
        for match in found.matches
    ]
    return JsonResponse({"number": found.number, "matches": matches})
