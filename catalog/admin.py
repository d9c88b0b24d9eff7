"""Products and their groups in the Django admin."""

from django.contrib import admin

from catalog.models import Product, ProductGroup
from core.admin import AuditedAdmin


@admin.register(ProductGroup)
class ProductGroupAdmin(AuditedAdmin):
    """Products that are looked at together."""

    list_display = ["name"]
    search_fields = ["name"]


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
