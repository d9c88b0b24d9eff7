"""Orders in the Django admin, to look at: they are written on their own pages, by the rules."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin, ReadOnlyInline
from offers.models import Order, OrderLine


class OrderLineInline(ReadOnlyInline):
    """What was ordered."""

    model = OrderLine
    fields = ["position", "product", "text", "quantity", "unit", "unit_price", "discount", "vat_rate", "net"]
    readonly_fields = ["net"]


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    """What customers ordered."""

    list_display = ["__str__", "ordered_on", "company", "person", "owner", "origin", "cancelled_at"]
    list_filter = ["origin"]
    list_select_related = ["company", "person", "owner"]
    search_fields = ["number", "external_id"]
    date_hierarchy = "ordered_on"
    inlines = [OrderLineInline]
