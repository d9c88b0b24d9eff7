"""Addresses of the reports."""

from django.urls import path

from reporting import views

app_name = "reporting"

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("deals/", views.deals, name="deals"),
    path("funnel/", views.funnel_ribbon, name="funnel_ribbon"),
]
