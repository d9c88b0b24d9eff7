"""Pages of what is bought."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.rights import get_visible
from contacts.models import Company
from core.snapshot import snapshot
from reporting.purchases.page import PurchasePage
from reporting.purchases.suggestions import read_suggestions


@require_safe
def purchases(request: Request) -> HttpResponse:
    """Purchases by up to two dimensions, and what is bought together."""
    with snapshot():
        page = PurchasePage(request.user, request.GET)
        return render(request, "reporting/purchases.html", {"page": page})


@require_safe
def company_suggestions(request: Request, pk: int) -> HttpResponse:
    """What could be sold to a company, each with its reason: a panel of its page."""
    company = get_visible(Company.objects, request.user, pk)
    with snapshot():
        suggestions = read_suggestions(request.user, company)
        context = {"company": company, "suggestions": suggestions}
        return render(request, "reporting/_suggestions.html", context)
