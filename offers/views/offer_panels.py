"""Offers on the pages of deals and companies, and what was gathered for the one who writes one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request
from accounts.rights import get_visible
from contacts.models import Company
from offers.gathered import read_gathered
from offers.models import Offer
from offers.step_forms import StartForm
from pipeline.models import Deal

MOST_OF_DEAL = 10
MOST_OF_COMPANY = 5


@require_GET
def deal_offers(request: Request, pk: int) -> HttpResponse:
    """The offers of a deal, and the way to begin one."""
    deal = get_visible(Deal.objects, request.user, pk)
    offers = Offer.objects.visible_to(request.user).filter(deal=deal).for_list().order_by("-pk")
    may_edit = Deal.objects.editable_by(request.user).filter(pk=pk).exists()
    context = {
        "deal": deal,
        "offers": offers[:MOST_OF_DEAL],
        "form": StartForm(user=request.user, deal=deal) if may_edit and deal.is_open else None,
    }
    return render(request, "offers/_deal_offers.html", context)


@require_GET
def company_offers(request: Request, pk: int) -> HttpResponse:
    """The latest offers to a company."""
    company = get_visible(Company.objects, request.user, pk)
    offers = Offer.objects.visible_to(request.user).filter(deal__company=company).for_list().order_by("-pk")
    context = {"company": company, "offers": offers[:MOST_OF_COMPANY]}
    return render(request, "offers/_company_offers.html", context)


@require_GET
def gathered(request: Request, pk: int) -> HttpResponse:
    """What is known of a deal and its people."""
    deal = get_visible(Deal.objects, request.user, pk)
    return render(request, "offers/_gathered.html", {"deal": deal, "gathered": read_gathered(deal)})
