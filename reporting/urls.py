"""Addresses of the reports."""

from django.urls import path

from reporting import purchase_views, views

app_name = "reporting"

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("changes/", views.changes, name="changes"),
    path("deals/", views.deals, name="deals"),
    path("forecast/", views.forecast, name="forecast"),
    path("forecast/review/", views.forecast_review, name="forecast_review"),
    path("leads/", views.leads, name="leads"),
    path("funnel/", views.funnel_ribbon, name="funnel_ribbon"),
    path("wall/", views.wall, name="wall"),
    path("wall/figures/", views.wall_figures, name="wall_figures"),
    path("purchases/", purchase_views.purchases, name="purchases"),
    path("companies/<int:pk>/suggestions/", purchase_views.company_suggestions, name="company_suggestions"),
    path("offers/<int:pk>/suggestions/", purchase_views.offer_suggestions, name="offer_suggestions"),
    path("targets/", views.targets, name="targets"),
]
