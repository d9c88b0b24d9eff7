"""What the choosers of companies and persons offer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request
from contacts.choosers import offered
from contacts.models import Company, ContactQuerySet, Person

LONGEST_TEXT = 100
LONGEST_PREFIX = 60


@require_GET
def company_options(request: Request) -> HttpResponse:
    """Up to ten companies with this text in the name, each with its place."""
    return _options(request, Company.objects.visible_to(request.user))


@require_GET
def person_options(request: Request) -> HttpResponse:
    """Up to ten persons with this text in the name, each with the company they work for."""
    return _options(request, Person.objects.visible_to(request.user))


def _options(request: Request, rows: ContactQuerySet) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_TEXT]
    prefix = request.GET.get("prefix", "")[:LONGEST_PREFIX]
    context = {
        "options": offered(rows, text, request.GET.get("company", "")),
        "text": text,
        "creates": bool(request.GET.get("creates")),
        "prefix": "".join(letter for letter in prefix if letter.isalnum() or letter in "_-"),
    }
    return render(request, "contacts/_options.html", context)
