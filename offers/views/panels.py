"""Panels of orders on the pages of companies, persons, deals and products."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request
from accounts.rights import get_visible
from catalog.models import Product
from contacts.models import Company, Person
from offers.bought import read_buyers, read_customer_orders
from offers.models import Order
from pipeline.models import Deal

MOST_OF_DEAL = 10


@require_GET
def company_orders(request: Request, pk: int) -> HttpResponse:
    """What a company ordered, and what it bought."""
    return _customer(request, get_visible(Company.objects, request.user, pk))


@require_GET
def person_orders(request: Request, pk: int) -> HttpResponse:
    """What a person ordered, for themselves or for their company."""
    return _customer(request, get_visible(Person.objects, request.user, pk))


@require_GET
def deal_orders(request: Request, pk: int) -> HttpResponse:
    """The orders that came of a deal."""
    deal = get_visible(Deal.objects, request.user, pk)
    orders = Order.objects.visible_to(request.user).filter(deal=deal).for_list()
    context = {
        "deal": deal,
        "orders": orders.order_by("-ordered_on", "-pk")[:MOST_OF_DEAL],
        "may_add": Deal.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "offers/_deal_orders.html", context)


@require_GET
def product_buyers(request: Request, pk: int) -> HttpResponse:
    """Who bought a product."""
    product = get_visible(Product.objects, request.user, pk)
    context = {"product": product, "buyers": read_buyers(request.user, product)}
    return render(request, "offers/_product_buyers.html", context)


def _customer(request: Request, customer: Company | Person) -> HttpResponse:
    context = {
        "customer": customer,
        "is_company": isinstance(customer, Company),
        "shown": read_customer_orders(request.user, customer),
    }
    return render(request, "offers/_customer_orders.html", context)
