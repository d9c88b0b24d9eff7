"""Potentials: the page, the panel of a company, estimating, and opening a deal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.models import Company
from core.versions import TOO_LATE
from potentials.actions import (
    add_potential,
    archive_potential,
    estimate_again,
    open_deal_of,
    unarchive_potential,
)
from potentials.forms import EditPotentialForm, EstimateForm, NewPotentialForm
from potentials.listing import add_open_deals, read_listing
from potentials.models import Potential, Supply

# On the page of a company: product groups are few.
MOST_ROWS = 50
MOST_ESTIMATES = 20


@require_GET
def potential_list(request: Request) -> HttpResponse:
    """What is open, the most of it first; or the sums per owner, region, product group."""
    listing = read_listing(request.user, request.GET)
    return render(request, "potentials/potential_list.html", {"listing": listing, "page": listing.page})


@require_GET
def company_panel(request: Request, pk: int) -> HttpResponse:
    """What a company needs, and what of it is open."""
    company = get_visible(Company.objects, request.user, pk)
    found = Potential.objects.visible_to(request.user).filter(company=company, archived_at=None)
    rows = list(found.of_year(timezone.localdate().year).for_list().order_by("-open_value", "pk")[:MOST_ROWS])
    add_open_deals(rows, request.user)
    supplies = Supply.objects.visible_to(request.user).filter(company=company, archived_at=None)
    context = {
        "company": company,
        "potentials": rows,
        "supplies": supplies.select_related("group").order_by("group__name", "-share", "pk")[:MOST_ROWS],
    }
    return render(request, "potentials/_panel.html", context)


@require_http_methods(["GET", "POST"])
def potential_add(request: Request, pk: int) -> HttpResponse:
    """Estimate what a company needs of a product group."""
    company = get_editable(Company.objects, request.user, pk)
    form = NewPotentialForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, form, company, title=_("Estimate a potential"))

    given = form.cleaned_data
    potential = add_potential(
        company,
        given["group"],
        form.estimate,
        year=given["year"],
        actor=request.user,
        form_key=given["form_key"],
    )

    return _changed(request, potential, _("The potential is noted."))


@require_http_methods(["GET", "POST"])
def potential_edit(request: Request, pk: int) -> HttpResponse:
    """Estimate again, with the former estimates below."""
    potential = get_editable(Potential.objects.for_list(), request.user, pk)
    form = EditPotentialForm(potential, request.POST if request.method == "POST" else None)
    if not form.is_valid() or form.is_stale():
        return _show(request, form, potential.company, title=str(potential.group), potential=potential)

    estimate_again(potential, form.estimate, seen_version=form.seen_version(), actor=request.user)

    return _changed(request, potential, _("Saved."))


@require_POST
def potential_archive(request: Request, pk: int) -> HttpResponse:
    """Set a potential aside; the toast takes it back."""
    potential = archive_potential(get_editable(Potential.objects, request.user, pk), actor=request.user)
    undo = reverse("potentials:potential_unarchive", args=[pk])
    return _changed(request, potential, _("The potential counts no more."), undo_url=undo)


@require_POST
def potential_unarchive(request: Request, pk: int) -> HttpResponse:
    """Let a potential count again."""
    potential = unarchive_potential(get_editable(Potential.objects, request.user, pk), actor=request.user)
    return _changed(request, potential, _("The potential counts again."))


@require_POST
def potential_deal(request: Request, pk: int) -> HttpResponse:
    """Open a deal of what is open; a second click leads to the same deal."""
    potential = get_editable(Potential.objects, request.user, pk)
    deal = open_deal_of(potential, actor=request.user)
    text = _("%(customer)s is in the funnel.") % {"customer": deal.customer_name}
    if not request.htmx:
        messages.success(request, text)
        return redirect("pipeline:deal_detail", deal.pk)
    response = _changed(request, potential, text)
    return trigger_client_event(response, "deal-changed", {})


def _show(
    request: Request,
    form: EstimateForm,
    company: Company,
    *,
    title: str,
    potential: Potential | None = None,
) -> HttpResponse:
    template = "potentials/_form.html" if request.htmx else "potentials/potential_form.html"
    estimates = potential.estimates.select_related("by")[:MOST_ESTIMATES] if potential else []
    context = {
        "form": form,
        "company": company,
        "title": title,
        "potential": potential,
        "estimates": estimates,
    }
    is_stale = getattr(form, "was_overtaken", False)
    status = TOO_LATE if is_stale else 422 if form.is_bound else 200
    return render(
        request, template, {**context, "potential": potential, "estimates": estimates}, status=status
    )


def _changed(request: Request, potential: Potential, text: str, *, undo_url: str = "") -> HttpResponse:
    """Say what was done; close the dialog; let the panel redraw."""
    if not request.htmx:
        messages.success(request, text, extra_tags=undo_url)
        return redirect(potential.company)
    response = HttpResponse(status=204)
    trigger_client_event(response, "dialog:close")
    trigger_client_event(response, "potentials-changed")
    return trigger_client_event(response, "toast", {"text": text, "level": "success", "undo_url": undo_url})
