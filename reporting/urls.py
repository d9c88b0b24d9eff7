"""Addresses of the reports."""

from django.urls import path

from reporting import views

app_name = "reporting"

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("changes/", views.changes, name="changes"),
    path("deals/", views.deals, name="deals"),
    path("funnel/", views.funnel_ribbon, name="funnel_ribbon"),
    path("wall/", views.wall, name="wall"),
    path("wall/figures/", views.wall_figures, name="wall_figures"),
    path("targets/", views.targets, name="targets"),
]
