"""Routes of the project; each app has its own."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from core.health import healthz
from lists.views.saved_views import home

handler400 = "core.failures.bad_request"
handler500 = "core.failures.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("", home, name="home"),
]
for app, prefix in (
    ("core", "jobs/"),
    ("accounts", ""),
    ("lists", "lists/"),
    ("extra_fields", "extra-fields/"),
    ("contacts", "contacts/"),
    ("catalog", "catalog/"),
    ("leads", "leads/"),
    ("pipeline", "pipeline/"),
    ("offers", "offers/"),
    ("activities", "activities/"),
    ("partners", "partners/"),
    ("potentials", "potentials/"),
    ("mailbox", "mail/"),
    ("calling", "calls/"),
    ("intake", "intake/"),
    ("reporting", "reporting/"),
    ("explorer", "explorer/"),
    ("quality", "quality/"),
    ("imports", "imports/"),
    ("search", "search/"),
    ("automation", "automation/"),
    ("privacy", "privacy/"),
    ("demo", "style/"),
):
    if find_spec(f"{app}.urls"):
        urlpatterns.append(path(prefix, include(f"{app}.urls")))
