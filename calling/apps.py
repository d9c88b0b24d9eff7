"""Registers the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallingConfig(AppConfig):
    name = "calling"
    verbose_name = _("Call lists")
