"""Products: the list, one product's page, entering and changing, and what the chooser offers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import Request, role_required
from accounts.models import Role
from accounts.rights import get_visible
from catalog.actions import add_product, edit_product
from catalog.choosers import LONGEST_TEXT, offered
from catalog.forms import ProductFilter, ProductForm
from catalog.models import Product
from core.pagination import keyset_page

LIST_ORDER = ("sort_key", "id")
LONGEST_PREFIX = 60


@require_GET
def product_list(request: Request) -> HttpResponse:
    """What is sold, by name; what is no longer sold on demand."""
    asked = ProductFilter(request.GET, products=Product.objects.visible_to(request.user))
    page = keyset_page(asked.qs.select_related("group"), LIST_ORDER, request.GET.get("cursor", ""))
    context = {
        "filter": asked,
        "page": page,
        "count": asked.qs.count(),
        "may_edit": _may_edit(request),
    }
    return render(request, "catalog/product_list.html", context)


@require_GET
def product_detail(request: Request, pk: int) -> HttpResponse:
    """What the catalogue says of a product, and who bought it."""
    product = get_visible(Product.objects, request.user, pk)
    return render(
        request, "catalog/product_detail.html", {"product": product, "may_edit": _may_edit(request)}
    )


@role_required(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def product_add(request: Request) -> HttpResponse:
    """Take a product into the catalogue."""
    form = ProductForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(request, form, _("New product"))
    product = add_product(form.facts, actor=request.user)
    messages.success(request, _("%(name)s is in the catalogue.") % {"name": product})
    return redirect(product)


@role_required(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def product_edit(request: Request, pk: int) -> HttpResponse:
    """Change what the catalogue says of a product."""
    product = get_visible(Product.objects, request.user, pk)
    form = ProductForm(request.POST if request.method == "POST" else None, instance=product)
    if not form.is_valid():
        return _form(request, form, str(product))
    edit_product(product, form.facts, actor=request.user)
    messages.success(request, _("Saved."))
    return redirect(product)


@require_GET
def product_options(request: Request) -> HttpResponse:
    """Up to ten products on sale with this text in the name, or with this number."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_TEXT]
    prefix = request.GET.get("prefix", "")[:LONGEST_PREFIX]
    context = {
        "options": offered(text),
        "prefix": "".join(letter for letter in prefix if letter.isalnum() or letter in "_-"),
    }
    return render(request, "catalog/_options.html", context)


def _may_edit(request: Request) -> bool:
    return request.user.is_manager or request.user.is_admin


def _form(request: Request, form: ProductForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "product": form.instance}
    return render(request, "catalog/product_form.html", context, status=422 if form.is_bound else 200)
