"""Sources of supply of a company: noted, changed and set aside in the dialog of its panel."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from accounts.http import Request
from accounts.rights import get_editable
from contacts.models import Company
from core.versions import TOO_LATE
from potentials.models import Supply
from potentials.supply_forms import EditSupplyForm, NewSupplyForm, SupplyForm
from potentials.supplying import archive_supply, edit_supply, note_supply, unarchive_supply


@require_http_methods(["GET", "POST"])
def supply_add(request: Request, pk: int) -> HttpResponse:
    """Note from whom a company buys a product group."""
    company = get_editable(Company.objects, request.user, pk)
    form = NewSupplyForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, form, company, title=_("Note a source of supply"))

    given = form.cleaned_data
    supply = note_supply(company, given["group"], form.facts, actor=request.user, form_key=given["form_key"])

    return _changed(request, supply, _("The source of supply is noted."))


@require_http_methods(["GET", "POST"])
def supply_edit(request: Request, pk: int) -> HttpResponse:
    """What is known now."""
    supply = get_editable(Supply.objects.select_related("company", "group"), request.user, pk)
    form = EditSupplyForm(supply, request.POST if request.method == "POST" else None)
    if not form.is_valid() or form.is_stale():
        return _show(request, form, supply.company, title=str(supply.group), supply=supply)

    edit_supply(supply, form.facts, seen_version=form.seen_version(), actor=request.user)

    return _changed(request, supply, _("Saved."))


@require_POST
def supply_archive(request: Request, pk: int) -> HttpResponse:
    """They buy there no more; the toast takes it back."""
    supply = archive_supply(get_editable(Supply.objects, request.user, pk), actor=request.user)
    undo = reverse("potentials:supply_unarchive", args=[pk])
    return _changed(request, supply, _("The source of supply counts no more."), undo_url=undo)


@require_POST
def supply_unarchive(request: Request, pk: int) -> HttpResponse:
    """They do after all."""
    supply = unarchive_supply(get_editable(Supply.objects, request.user, pk), actor=request.user)
    return _changed(request, supply, _("The source of supply counts again."))


def _show(
    request: Request, form: SupplyForm, company: Company, *, title: str, supply: Supply | None = None
) -> HttpResponse:
    template = "potentials/_supply_form.html" if request.htmx else "potentials/supply_form.html"
    is_stale = getattr(form, "was_overtaken", False)
    status = TOO_LATE if is_stale else 422 if form.is_bound else 200
    context = {"form": form, "company": company, "title": title, "supply": supply, "action": request.path}
    return render(request, template, context, status=status)


def _changed(request: Request, supply: Supply, text: str, *, undo_url: str = "") -> HttpResponse:
    """Say what was done; close the dialog; let the panel redraw."""
    if not request.htmx:
        messages.success(request, text, extra_tags=undo_url)
        return redirect(supply.company)
    response = HttpResponse(status=204)
    trigger_client_event(response, "dialog:close")
    trigger_client_event(response, "potentials-changed")
    return trigger_client_event(response, "toast", {"text": text, "level": "success", "undo_url": undo_url})
