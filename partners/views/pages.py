"""Partners: the list, what came through one of them, and what is agreed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from core.addresses import is_key
from core.pagination import keyset_page
from core.versions import TOO_LATE
from partners.actions import add_partner, edit_partner
from partners.figures import came_through
from partners.filters import PartnerFilter
from partners.forms import AgreementForm, EditPartnerForm, NewPartnerForm
from partners.models import Partner
from partners.page import read_page

ORDER = ("name_key", "id")


@require_GET
def partner_list(request: Request) -> HttpResponse:
    """Partners by name, with what came through each."""
    asked = PartnerFilter(request.GET, user=request.user)
    page = keyset_page(asked.qs.for_list().order_by(), ORDER, request.GET.get("cursor", ""))
    through = came_through(page.rows, request.user)
    rows = [(partner, through[partner.pk]) for partner in page.rows]
    return render(request, "partners/partner_list.html", {"filter": asked, "page": page, "rows": rows})


@require_GET
def partner_detail(request: Request, pk: int) -> HttpResponse:
    """What is agreed with a partner, and the deals and orders that came through them."""
    partner = get_visible(Partner.objects.for_list(), request.user, pk)
    shown = read_page(partner, request.user, request.GET.get("cursor", ""))
    context = {"partner": partner, "shown": shown, "through": shown.through, "page": shown.deals}
    return render(request, "partners/partner_detail.html", context)


@require_http_methods(["GET", "POST"])
def partner_add(request: Request) -> HttpResponse:
    """Make a company or a person a partner."""
    form = NewPartnerForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        form.initial = {**form.initial, **_named(request)}
    if not form.is_valid():
        return _show(request, form)

    who = form.cleaned_data["company"] or form.cleaned_data["person"]
    partner = add_partner(who, form.agreement, actor=request.user)

    messages.success(request, _("%(name)s is one of our partners.") % {"name": partner})
    return redirect(partner)


@require_http_methods(["GET", "POST"])
def partner_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is agreed."""
    partner = get_editable(Partner.objects.for_list(), request.user, pk)
    form = EditPartnerForm(partner, request.POST if request.method == "POST" else None)
    if not form.is_valid() or form.is_stale():
        return _show(request, form, partner)

    edit_partner(partner, form.agreement, seen_version=form.seen_version(), actor=request.user)

    messages.success(request, _("Saved."))
    return redirect(partner)


def _named(request: Request) -> dict[str, str]:
    """Whom the page we come from is about."""
    asked = {name: request.GET.get(name, "") for name in ("company", "person")}
    return {name: key for name, key in asked.items() if is_key(key)}


def _show(request: Request, form: AgreementForm, partner: Partner | None = None) -> HttpResponse:
    is_stale = getattr(form, "was_overtaken", False)
    status = TOO_LATE if is_stale else 422 if form.is_bound else 200
    return render(request, "partners/partner_form.html", {"form": form, "partner": partner}, status=status)
