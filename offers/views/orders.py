"""Orders: the list and its file, one order's page, entering, changing and cancelling."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable
from core.addresses import is_key
from lists.saved_views import Question, brought_along, read_view_bar
from lists.tables import read_table
from offers.actions import add_order, cancel_order, edit_order
from offers.bought import totals_of
from offers.draft import Draft
from offers.errors import OrderCancelled
from offers.filters import OrderFilter
from offers.forms import CancelForm, line_forms
from offers.list_page import ORDERS
from offers.models import Order
from offers.prices import line_net, totals
from pipeline.models import Deal

USUAL = ("q", "owner", "team", "since", "until")


@require_GET
def order_list(request: Request) -> HttpResponse:
    """Orders under a filter, the newest first, with its views and what all of them come to."""
    assert ORDERS.table is not None  # noqa: S101
    table = read_table(ORDERS, ORDERS.table, request.user, request.GET, usual=USUAL)
    question = Question(ORDERS.code, table.filter)
    views = brought_along(
        question,
        (_("All"), {}),
        (_("Mine"), {"owner": str(request.user.pk)}),
        (pgettext("of orders", "Cancelled"), {"cancelled": "on"}),
    )
    context = {
        "table": table,
        "page": table.page,
        "bar": read_view_bar(question),
        "views": views,
        "totals": totals_of(OrderFilter(request.GET, user=request.user).qs),
    }
    return render(request, "offers/order_list.html", context)


@require_GET
def order_detail(request: Request, pk: int) -> HttpResponse:
    """What was ordered, with what it comes to."""
    order = get_object_or_404(Order.objects.visible_to(request.user).for_page(), pk=pk)
    lines = list(order.lines.select_related("product"))
    context = {
        "order": order,
        "lines": lines,
        "totals": totals(lines),
        "has_discount": any(line.discount for line in lines),
        "may_edit": Order.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "offers/order_detail.html", context)


@require_http_methods(["GET", "POST"])
def order_add(request: Request) -> HttpResponse:
    """Enter an order; with `deal` in the address it is that deal's, filled in from it."""
    deal = _deal(request)
    draft = Draft.of(request, title=_("New order"), deal=deal)
    if not draft.is_ready():
        return draft.show(request)

    key = draft.form.cleaned_data["form_key"]
    order = add_order(draft.form.facts, draft.facts_of_lines(), actor=request.user, form_key=key)

    messages.success(request, _("The order is entered."))
    return redirect(order)


@require_http_methods(["GET", "POST"])
def order_edit(request: Request, pk: int) -> HttpResponse:
    """Change an order; who was overtaken is told what is saved now and loses nothing."""
    order = get_editable(Order.objects, request.user, pk)
    draft = Draft.of(request, title=str(order), order=order)
    if not draft.is_ready():
        return draft.show(request)

    lines, seen = draft.facts_of_lines(), draft.form.seen_version()
    edit_order(order, draft.form.facts, lines, seen_version=seen, actor=request.user)

    messages.success(request, _("Saved."))
    return redirect(order)


@require_http_methods(["GET", "POST"])
def order_cancel(request: Request, pk: int) -> HttpResponse:
    """Call an order off, with the reason."""
    order = get_editable(Order.objects, request.user, pk)
    if order.is_cancelled:
        raise OrderCancelled
    form = CancelForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "offers/order_cancel.html", {"form": form, "order": order}, status=status)

    cancel_order(order, reason=form.cleaned_data["reason"], actor=request.user)

    messages.success(request, _("The order is cancelled."))
    return redirect(order)


@require_POST
def order_totals(request: Request) -> HttpResponse:
    """What the lines of a form come to as they are typed; nothing is saved."""
    lines = line_forms(request.POST)
    lines.is_valid()
    said = [(line.prefix, line.facts() if not line.errors else None) for line in lines]
    facts = [one for _prefix, one in said if one is not None]
    context = {
        "totals": totals(facts),
        "nets": [(prefix, line_net(one) if one else None) for prefix, one in said],
        "currency": request.POST.get("currency", "")[:3],
    }
    return render(request, "offers/_totals.html", context)


def _deal(request: Request) -> Deal | None:
    key = request.GET.get("deal", "")
    return get_editable(Deal.objects, request.user, int(key)) if is_key(key) else None
