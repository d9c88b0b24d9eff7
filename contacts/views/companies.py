"""Companies: list, page, form."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.actions import add_company, edit_company
from contacts.forms import CompanyForm
from contacts.list_pages import COMPANIES
from contacts.lists import MOST_ROWS
from contacts.merging import survivor_of
from contacts.models import Company
from contacts.organisation import chart_of
from contacts.views.lists import show_list
from contacts.views.saving import change, enter

USUAL = ("q", "owner", "kind", "status", "tag", "archived")


@require_GET
def company_list(request: Request) -> HttpResponse:
    """Companies by name, with search and filters."""
    return show_list(request, COMPANIES, "contacts/company_list.html", usual=USUAL)


@require_GET
def company_detail(request: Request, pk: int) -> HttpResponse:
    """Facts, people, deals and what happened with a company."""
    company = get_visible(Company.objects.select_related("owner", "parent"), request.user, pk)
    if company.merged_into_id:
        return redirect(survivor_of(company))
    people = company.employments.select_related("person").order_by("person__sort_key", "pk")
    present, former = people.present(), people.exclude(until=None).order_by("-until", "-pk")
    people_shown = list(present.prefetch_related("person__channels")[:MOST_ROWS])
    context = {
        "company": company,
        "quick": {"kind": "companies", "row": company},
        "deal_query": f"?company={company.pk}",
        "people": people_shown,
        "chart": chart_of(people_shown),
        "more_people": max(0, present.count() - MOST_ROWS),
        "former": former[:MOST_ROWS],
        "subsidiaries": company.subsidiaries.current().order_by("sort_key", "pk")[:MOST_ROWS],
    }
    return render(request, "contacts/company_detail.html", context)


@require_http_methods(["GET", "POST"])
def company_add(request: Request) -> HttpResponse:
    """Enter a company."""
    back = reverse("contacts:company_list")
    return enter(request, CompanyForm, add_company, title=_("New company"), back=back)


@require_http_methods(["GET", "POST"])
def company_edit(request: Request, pk: int) -> HttpResponse:
    """Change what a company says."""
    return change(request, CompanyForm, get_editable(Company.objects, request.user, pk), edit_company)
