"""Puts our own site in the place of Django's default admin."""

from django.contrib.admin.apps import AdminConfig


class FunnelAdminConfig(AdminConfig):
    default_site = "core.admin_site.FunnelAdminSite"
