"""The workspace of a negotiation on a deal."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from offers.actions import add_round, set_ground, settle_point
from offers.models import NegotiationGround, NegotiationPoint
from offers.negotiation_chart import bars
from offers.negotiation_forms import GroundForm, RoundForm, SettleForm
from offers.negotiation_page import Workspace, negotiated_deals


@require_GET
def negotiation(request: Request, pk: int) -> HttpResponse:
    """Rounds, limits, the way of the value, and the guide."""
    space = Workspace(get_visible(negotiated_deals(), request.user, pk), request.user)
    context = {"space": space, "deal": space.deal, "bars": bars(space.stations)}
    return render(request, "offers/negotiation.html", context)


@require_GET
def deal_negotiation(request: Request, pk: int) -> HttpResponse:
    """The panel on the page of a deal: how far it is, and the way to the workspace."""
    space = Workspace(get_visible(negotiated_deals(), request.user, pk), request.user)
    return render(request, "offers/_deal_negotiation.html", {"space": space, "deal": space.deal})


@require_http_methods(["GET", "POST"])
def round_add(request: Request, pk: int) -> HttpResponse:
    """Note a round."""
    deal = get_editable(negotiated_deals(), request.user, pk)
    form = RoundForm(deal, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "offers/round_form.html", {"form": form, "deal": deal}, status=status)

    add_round(deal, form.facts(), actor=request.user, form_key=form.cleaned_data["form_key"])

    messages.success(request, _("The round is noted."))
    return redirect("offers:negotiation", pk=pk)


@require_POST
def point_settle(request: Request, pk: int) -> HttpResponse:
    """What became of a demand."""
    point = get_editable(NegotiationPoint.objects, request.user, pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(form.errors.as_text())

    point = settle_point(point, form.cleaned_data["state"], actor=request.user)

    return redirect("offers:negotiation", pk=point.round.deal_id)


@require_http_methods(["GET", "POST"])
def ground_edit(request: Request, pk: int) -> HttpResponse:
    """Where we walk away, who decides, who else offers."""
    deal = get_editable(negotiated_deals(), request.user, pk)
    ground = NegotiationGround.objects.visible_to(request.user).filter(deal=deal).first()
    form = GroundForm(request.POST if request.method == "POST" else None, instance=ground)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "offers/ground_form.html", {"form": form, "deal": deal}, status=status)

    set_ground(deal, form.facts(), actor=request.user)

    messages.success(request, _("Saved."))
    return redirect("offers:negotiation", pk=pk)
