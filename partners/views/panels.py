"""Partners on the pages of companies, persons, deals and orders."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.models import Company, Person
from core.templatetags.dom import optional_url
from offers.models import Order
from partners.actions import link_deal, link_order, unlink_deal, unlink_order
from partners.figures import came_through
from partners.forms import RoleForm
from partners.page import helpers_of, partner_of
from pipeline.models import Deal

MOST_PARTNERS = 20


@require_GET
def customer_panel(request: Request, pk: int, kind: type[Company] | type[Person]) -> HttpResponse:
    """Whether this is a partner and what came through them; and who helps us sell here."""
    customer = get_visible(kind.objects, request.user, pk)
    partner = partner_of(customer, request.user)
    context = {
        "customer": customer,
        "column": "company" if isinstance(customer, Company) else "person",
        "partner": partner,
        "through": came_through([partner], request.user)[partner.pk] if partner else None,
        "here": helpers_of(customer, request.user).for_list().by_name()[:MOST_PARTNERS],
    }
    return render(request, "partners/_customer_panel.html", context)


@require_GET
def roles_panel(request: Request, pk: int, kind: type[Deal] | type[Order]) -> HttpResponse:
    """The partners of a deal or an order."""
    row = get_visible(kind.objects, request.user, pk)
    may_edit = kind.objects.editable_by(request.user).filter(pk=pk).exists()
    links = row.partner_links.select_related("partner__company", "partner__person").order_by("pk")
    noun = _noun(row)
    context = {
        "row": row,
        "may_edit": may_edit,
        "panel_url": reverse(f"partners:{noun}_panel", args=[pk]),
        "add_url": reverse(f"partners:{noun}_partner_add", args=[pk]),
        "roles": [(link, reverse(f"partners:{noun}_partner_remove", args=[pk, link.pk])) for link in links],
    }
    return render(request, "partners/_roles_panel.html", context)


@require_http_methods(["GET", "POST"])
def role_add(request: Request, pk: int, kind: type[Deal] | type[Order]) -> HttpResponse:
    """Note what a partner has to do with a deal or an order."""
    row = get_editable(kind.objects, request.user, pk)
    form = RoleForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        template = "partners/_role_form.html" if request.htmx else "partners/role_form.html"
        context = {"form": form, "row": row, "back": _page_of(row), "action": request.path}
        return render(request, template, context, status=422 if form.is_bound else 200)

    partner, role = form.cleaned_data["partner"], form.cleaned_data["role"]
    if isinstance(row, Deal):
        link_deal(row, partner, role, actor=request.user)
    else:
        link_order(row, partner, role, actor=request.user)

    return _changed(request, row, _("%(partner)s is noted.") % {"partner": partner})


@require_POST
def role_remove(request: Request, pk: int, link_pk: int, kind: type[Deal] | type[Order]) -> HttpResponse:
    """Take a role away; a second click finds nothing left to do."""
    row = get_editable(kind.objects, request.user, pk)
    for link in row.partner_links.filter(pk=link_pk):
        remove: Any = unlink_deal if isinstance(row, Deal) else unlink_order
        remove(link, actor=request.user)
    return _changed(request, row, _("The partner's role is gone."))


def _noun(row: Deal | Order) -> str:
    return "deal" if isinstance(row, Deal) else "order"


def _page_of(row: Deal | Order) -> str:
    if isinstance(row, Deal):
        return reverse("pipeline:deal_detail", args=[row.pk])
    return optional_url("offers:order_detail", row.pk) or row.customer.get_absolute_url()


def _changed(request: Request, row: Deal | Order, text: str) -> HttpResponse:
    if not request.htmx:
        messages.success(request, text)
        return redirect(_page_of(row))
    response = HttpResponse(status=204)
    trigger_client_event(response, "dialog:close")
    trigger_client_event(response, "partners-changed")
    return trigger_client_event(response, "toast", {"text": text, "level": "success", "undo_url": ""})
