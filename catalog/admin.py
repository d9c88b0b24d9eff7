"""Products, bundles, price lists, customer groups and VAT in the Django admin."""

from django.contrib import admin

from catalog.models import (
    BundlePart,
    CustomerGroup,
    CustomerGroupMember,
    PriceList,
    PriceListItem,
    Product,
    ProductGroup,
    VatCountry,
    VatRate,
)
from catalog.rate_admin import ExchangeRateAdmin
from core.admin import AuditedAdmin

__all__ = ["ExchangeRateAdmin"]


@admin.register(ProductGroup)
class ProductGroupAdmin(AuditedAdmin):
    """Products that are looked at together."""

    list_display = ["name"]
    search_fields = ["name"]


class BundlePartInline(admin.TabularInline):
    """What a bundle is made of; a product without parts is none."""

    model = BundlePart
    fk_name = "bundle"
    extra = 0
    autocomplete_fields = ["product"]


@admin.register(Product)
class ProductAdmin(AuditedAdmin):
    """What is sold; what was sold once is taken off sale, not deleted."""

    list_display = ["number", "name", "group", "unit", "price", "currency", "is_active"]
    list_display_links = ["number", "name"]
    list_filter = ["is_active", "group"]
    list_select_related = ["group"]
    search_fields = ["number", "name"]
    autocomplete_fields = ["group"]
    exclude = ["match_key", "sort_key"]
    inlines = [BundlePartInline]


class PriceListItemInline(admin.TabularInline):
    """The prices of a list, from a quantity on."""

    model = PriceListItem
    extra = 1
    autocomplete_fields = ["product"]


@admin.register(PriceList)
class PriceListAdmin(AuditedAdmin):
    """Prices for one customer, a group, or everyone."""

    list_display = ["name", "currency", "group", "company", "person", "valid_from", "valid_until"]
    list_filter = ["currency", "group"]
    list_select_related = ["group", "company", "person"]
    search_fields = ["name"]
    autocomplete_fields = ["company", "person", "group"]
    inlines = [PriceListItemInline]


class MemberInline(admin.TabularInline):
    """Who belongs to a group."""

    model = CustomerGroupMember
    extra = 1
    autocomplete_fields = ["company", "person"]


@admin.register(CustomerGroup)
class CustomerGroupAdmin(AuditedAdmin):
    """Customers who buy at the same prices."""

    list_display = ["name"]
    search_fields = ["name"]
    inlines = [MemberInline]


class VatRateInline(admin.TabularInline):
    """The rates of a country."""

    model = VatRate
    extra = 1


@admin.register(VatCountry)
class VatCountryAdmin(AuditedAdmin):
    """Where we charge which VAT."""

    list_display = ["code", "is_home", "is_registered", "is_eu"]
    list_filter = ["is_eu", "is_registered"]
    search_fields = ["code"]
    inlines = [VatRateInline]
