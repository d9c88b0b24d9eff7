"""What the choosers of companies and persons offer."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request
from contacts.models import Company, Person
from pipeline.choosers import offered

ROWS = {
    "company": Company.objects,
    "person": Person.objects,
}
LONGEST_TEXT = 100


@require_GET
def customer_options(request: Request, kind: str) -> HttpResponse:
    """Up to ten rows with this text in the name."""
    if kind not in ROWS:
        raise Http404
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_TEXT]
    context = {
        "options": offered(ROWS[kind].visible_to(request.user), text, request.GET.get("company", "")),
        "text": text,
        "creates": bool(request.GET.get("creates")),
        "prefix": "".join(c for c in request.GET.get("prefix", "")[:60] if c.isalnum() or c in "_-"),
    }
    return render(request, "pipeline/_customer_options.html", context)
