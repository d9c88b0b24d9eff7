"""The page of those who answer for data protection."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request, role_required
from privacy.overview import read_overview


@require_GET
@role_required()
def overview(request: Request) -> HttpResponse:
    """Open requests, proposals of the night, restricted and erased persons."""
    context = {"overview": read_overview(request.user, request.GET.get("cursor", ""))}
    return render(request, "privacy/overview.html", context)
