"""Django's admin and the guard of the log-in as this product configures them."""

from axes.apps import AppConfig as AxesConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class FunnelAdminConfig(AdminConfig):
    default_site = "core.admin_site.FunnelAdminSite"


class LogInGuardConfig(AxesConfig):
    verbose_name = _("Log-in guard")
