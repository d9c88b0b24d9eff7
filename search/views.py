"""The global search: a page of results, and what the search box offers while one types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request
from search.finding import find, understood
from search.hits import read_groups, settings_by_stage

ON_A_PAGE = 25
IN_THE_BOX = 6


@require_GET
def results(request: Request) -> HttpResponse:
    """Companies, persons and deals with this text, the most fitting first."""
    return _found(request, "search/results.html", size=ON_A_PAGE)


@require_GET
def suggestions(request: Request) -> HttpResponse:
    """The first of them, below the search box."""
    return _found(request, "search/_suggestions.html", size=IN_THE_BOX)


def _found(request: Request, template: str, *, size: int) -> HttpResponse:
    text = understood(request.GET.get("q", ""))
    found = find(request.user, text, size=size + 1)
    context = {
        "text": text,
        "groups": read_groups(found, text, size=size),
        "settings": settings_by_stage(),
    }
    return render(request, template, context)
