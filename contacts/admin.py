"""The customer database in the Django admin, to look at: it is kept on its own pages, by everyone."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from contacts.models import Address, Channel, Company, CustomerSetting, Employment, Person
from core.admin import AuditedAdmin, ReadOnlyAdmin, ReadOnlyInline


class EmploymentInline(ReadOnlyInline):
    """Who works where."""

    model = Employment
    fields = ["company", "person", "position", "role", "since", "until"]


class ChannelInline(ReadOnlyInline):
    """How to reach them."""

    model = Channel
    fields = ["kind", "value", "label"]


class AddressInline(ReadOnlyInline):
    """Where to find them."""

    model = Address
    fields = ["street", "postal_code", "city", "country"]


@admin.register(Company)
class CompanyAdmin(ReadOnlyAdmin, AuditedAdmin):
    """Companies, with the audit of their changes."""

    list_display = ["name", "kinds", "industry", "owner", "created_at", "archived_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "external_id"]
    ordering = ["sort_key", "id"]
    exclude = ["sort_key", "match_key"]
    inlines = [EmploymentInline, ChannelInline, AddressInline]


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin, AuditedAdmin):
    """Persons, with the audit of their changes."""

    list_display = ["last_name", "first_name", "owner", "created_at", "archived_at"]
    list_select_related = ["owner"]
    search_fields = ["last_name", "first_name", "external_id"]
    ordering = ["sort_key", "id"]
    exclude = ["sort_key", "match_key"]
    inlines = [EmploymentInline, ChannelInline, AddressInline]


@admin.register(CustomerSetting)
class CustomerSettingAdmin(AuditedAdmin):
    """When a customer counts as dormant."""

    list_display = ["__str__", "dormant_after_months"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one row; where it was thrown away, it may come back."""
        return not CustomerSetting.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """There is one row."""
        return False
