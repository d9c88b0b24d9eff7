"""Companies: list, page, form, archive."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.actions import add_company, archive, edit_company, unarchive
from contacts.filters import CompanyFilter
from contacts.forms import CompanyForm, ReachForms
from contacts.lists import LIST_ORDER, with_reach
from contacts.models import Company
from contacts.views.saving import Draft, posted
from core.pagination import keyset_page


@require_GET
def company_list(request: Request) -> HttpResponse:
    """Companies by name, with search and filters."""
    asked = CompanyFilter(request.GET, user=request.user)
    rows = asked.qs
    page = keyset_page(rows.order_by(), LIST_ORDER, request.GET.get("cursor", ""))
    page.rows[:] = with_reach(page.rows, "owner")
    context = {"filter": asked, "page": page, "count": rows.count()}
    return render(request, "contacts/company_list.html", context)


@require_GET
def company_detail(request: Request, pk: int) -> HttpResponse:
    """Facts, people, deals and what happened with a company."""
    company = get_visible(Company.objects.select_related("owner", "parent"), request.user, pk)
    people = company.employments.select_related("person").order_by("until", "person__sort_key", "pk")
    context = {
        "company": company,
        "people": people.filter(until=None).prefetch_related("person__channels"),
        "former": people.exclude(until=None),
        "subsidiaries": company.subsidiaries.current().order_by("sort_key", "pk"),
    }
    return render(request, "contacts/company_detail.html", context)


@require_http_methods(["GET", "POST"])
def company_add(request: Request) -> HttpResponse:
    """Enter a company; one that seems to be known already is asked about."""
    data = posted(request)
    draft = Draft(CompanyForm(data), ReachForms(data), _("New company"), reverse("contacts:company_list"))
    if not draft.is_ready(data):
        return draft.show(request)

    company = add_company(
        draft.form.facts(), draft.lines.reach(), form_key=draft.form_key, actor=request.user
    )

    messages.success(request, _("%(name)s is in the customer database.") % {"name": company})
    return redirect("contacts:company_detail", company.pk)


@require_http_methods(["GET", "POST"])
def company_edit(request: Request, pk: int) -> HttpResponse:
    """Change what a company says; someone else's change meanwhile is told, and nothing typed is lost."""
    company = get_editable(Company.objects, request.user, pk)
    data, back = posted(request), reverse("contacts:company_detail", args=[pk])
    known = get_editable(Company.objects, request.user, pk)
    draft = Draft(CompanyForm(data, row=known), ReachForms(data, row=known), str(company), back, row=company)
    if not draft.is_ready(data):
        return draft.show(request)

    facts, reach = draft.form.facts(), draft.lines.reach()
    edit_company(company, facts, reach, seen_version=draft.form.seen_version(), actor=request.user)

    messages.success(request, _("Saved."))
    return redirect(back)


@require_POST
def company_archive(request: Request, pk: int) -> HttpResponse:
    """Take a company out of lists and choices."""
    archive(get_editable(Company.objects, request.user, pk), actor=request.user)
    messages.success(request, _("Archived."))
    return redirect("contacts:company_detail", pk)


@require_POST
def company_unarchive(request: Request, pk: int) -> HttpResponse:
    """Bring an archived company back."""
    unarchive(get_editable(Company.objects, request.user, pk), actor=request.user)
    messages.success(request, _("Brought back from the archive."))
    return redirect("contacts:company_detail", pk)
