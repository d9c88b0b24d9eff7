"""What is sold, at which price to whom, and the VAT that is due on it."""

from catalog.models.price_list import CustomerGroup, CustomerGroupMember, PriceList, PriceListItem
from catalog.models.product import Billing, BundlePart, Product, ProductGroup, ProductQuerySet
from catalog.models.rate import ExchangeRate
from catalog.models.vat import VatCategory, VatCountry, VatRate

__all__ = [
    "Billing",
    "BundlePart",
    "CustomerGroup",
    "CustomerGroupMember",
    "ExchangeRate",
    "PriceList",
    "PriceListItem",
    "Product",
    "ProductGroup",
    "ProductQuerySet",
    "VatCategory",
    "VatCountry",
    "VatRate",
]
