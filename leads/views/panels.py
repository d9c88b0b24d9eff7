"""The panel of leads on the page of a company or person."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request
from accounts.rights import get_visible
from contacts.models import Company, Person
from leads.models import Lead, LeadQuerySet

MOST_LEADS = 20


@require_GET
def company_leads(request: Request, pk: int) -> HttpResponse:
    """The leads of a company, the latest first."""
    company = get_visible(Company.objects, request.user, pk)
    return _panel(request, Lead.objects.visible_to(request.user).filter(company=company))


@require_GET
def person_leads(request: Request, pk: int) -> HttpResponse:
    """The leads of a person, the latest first."""
    person = get_visible(Person.objects, request.user, pk)
    return _panel(request, Lead.objects.visible_to(request.user).filter(person=person))


def _panel(request: Request, leads: LeadQuerySet) -> HttpResponse:
    shown = leads.select_related("source", "owner").order_by("-received_at", "-pk")[:MOST_LEADS]
    return render(request, "leads/_customer_leads.html", {"leads": list(shown), "count": leads.count()})
