"""What the choosers of companies and persons offer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request
from contacts.choosers import MOST_OPTIONS, offered
from contacts.models import Company, ContactQuerySet, Person, Tag
from contacts.places import suggested
from contacts.reach_forms import COUNTRIES

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


@require_GET
def place_options(request: Request) -> HttpResponse:
    """Postal codes and places of a country that begin with this text."""
    text, country = _typed(request), request.GET.get("country", "")
    found = suggested(country, text) if country in dict(COUNTRIES) else []
    context = {"found": found, "by_code": text[:1].isdigit()}
    return render(request, "contacts/_place_options.html", context)


@require_GET
def tag_options(request: Request) -> HttpResponse:
    """Up to ten tags that begin with this text."""
    tags = Tag.objects.visible_to(request.user).starting(_typed(request)).order_by("sort_key")
    return render(request, "contacts/_tag_options.html", {"tags": tags[:MOST_OPTIONS]})


def _typed(request: Request) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_TEXT]


def _options(request: Request, rows: ContactQuerySet) -> HttpResponse:
    text = _typed(request)
    prefix = request.GET.get("prefix", "")[:LONGEST_PREFIX]
    context = {
        "options": offered(rows, text, request.GET.get("company", "")),
        "text": text,
        "creates": bool(request.GET.get("creates")),
        "prefix": "".join(letter for letter in prefix if letter.isalnum() or letter in "_-"),
    }
    return render(request, "contacts/_options.html", context)
