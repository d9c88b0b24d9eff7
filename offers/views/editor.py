"""Writing a draft: the page, saving while one types, and the price of a product that is put in."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable
from catalog.models import Product
from core.templatetags.money import exact
from offers.actions import save_draft
from offers.editor import Editor, read_sums
from offers.errors import VersionFixed
from offers.facts import facts_of_version
from offers.first_draft import bundle_lines
from offers.models import OfferVersion
from offers.product_price import PriceForm

NOT_SAVED = 422


@require_http_methods(["GET", "POST"])
def version_edit(request: Request, pk: int) -> HttpResponse:
    """Write a draft; sending the form saves it and leaves for its page."""
    version = get_editable(OfferVersion.objects, request.user, pk)
    if not version.is_unsent or not version.is_current:
        raise VersionFixed
    editor = Editor.of(version, request.POST if request.method == "POST" else None)
    if not editor.form.is_bound or not editor.is_valid():
        return _page(request, editor)

    _save(request, editor)

    messages.success(request, _("Saved."))
    return redirect(version)


@require_POST
def version_save(request: Request, pk: int) -> HttpResponse:
    """Keep what is typed, and answer what it comes to; what is wrong is said and not kept."""
    version = get_editable(OfferVersion.objects, request.user, pk)
    editor = Editor.of(version, request.POST)
    if not editor.is_valid():
        return render(request, "offers/_editor_errors.html", {"draft": editor}, status=NOT_SAVED)

    saved = _save(request, editor)

    context = {"sums": read_sums(saved, request.user), "version": saved, "editor": editor}
    return render(request, "offers/_editor_sums.html", context)


@require_GET
def version_price(request: Request, pk: int) -> HttpResponse:
    """What a product costs this customer; a bundle without a price of its own answers its parts."""
    version = get_editable(OfferVersion.objects, request.user, pk)
    form = PriceForm(request.GET, products=Product.objects.visible_to(request.user))
    if not form.is_valid():
        return JsonResponse({"lines": []}, status=400)
    quantity: Decimal = form.cleaned_data["quantity"] or Decimal(1)
    lines = bundle_lines(
        version.offer.deal, facts_of_version(version), form.cleaned_data["product"], quantity
    )
    return JsonResponse(
        {
            "lines": [
                {
                    "product": line.product.pk if line.product else "",
                    "product_text": line.text,
                    "description": line.description,
                    "quantity": exact(line.quantity),
                    "unit": line.unit,
                    "unit_price": exact(line.unit_price, 2),
                    "vat_category": line.vat_category,
                    "billing": line.billing,
                }
                for line in lines
            ],
            "rule": form.rule_of(version, quantity),
        }
    )


def _save(request: Request, editor: Editor) -> OfferVersion:
    seen = editor.form.cleaned_data["revision"] or 0
    lines = editor.lines.facts()
    return save_draft(editor.version, editor.form.facts, lines, seen_revision=seen, actor=request.user)


def _page(request: Request, editor: Editor) -> HttpResponse:
    context = {
        "editor": editor,
        "draft": editor,
        "version": editor.version,
        "offer": editor.version.offer,
        "deal": editor.version.offer.deal,
        "sums": read_sums(editor.version, request.user),
    }
    status = NOT_SAVED if editor.form.is_bound else 200
    return render(request, "offers/version_edit.html", context, status=status)
