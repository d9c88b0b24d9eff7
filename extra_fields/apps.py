"""Registers the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExtraFieldsConfig(AppConfig):
    name = "extra_fields"
    verbose_name = _("Extra fields")
