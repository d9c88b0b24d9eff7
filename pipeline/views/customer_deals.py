"""The panel of deals on the page of a company or person."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request
from accounts.rights import get_visible
from contacts.models import Company, Person
from pipeline.customer_deals import read_customer_deals


@require_GET
def company_deals(request: Request, pk: int) -> HttpResponse:
    """The deals of a company."""
    return _panel(request, get_visible(Company.objects, request.user, pk))


@require_GET
def person_deals(request: Request, pk: int) -> HttpResponse:
    """The deals of a person, as customer or in the buying centre."""
    return _panel(request, get_visible(Person.objects, request.user, pk))


def _panel(request: Request, customer: Company | Person) -> HttpResponse:
    shown = read_customer_deals(request.user, customer)
    return render(request, "pipeline/_customer_deals.html", {"shown": shown, "customer": customer})
