"""Pages of what is bought."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.models import Company
from core.snapshot import snapshot
from offers.models import OfferVersion
from reporting.purchases.page import PurchasePage
from reporting.purchases.suggestions import read_suggestions, suggest_to


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


@require_safe
def offer_suggestions(request: Request, pk: int) -> HttpResponse:
    """What could be offered besides what stands in a draft: a panel of its editor."""
    version = get_editable(OfferVersion.objects.for_page(), request.user, pk)
    products = version.lines.filter(product__isnull=False).values_list("product", flat=True)
    deal, on_offer = version.offer.deal, set(products)
    with snapshot():
        if deal.company:
            suggestions = read_suggestions(request.user, deal.company, on_offer)
        else:
            suggestions = suggest_to(request.user, deal.person, on_offer)
        context = {"version": version, "suggestions": suggestions}
        return render(request, "reporting/_offer_suggestions.html", context)
