"""Addresses of the explorer."""

from django.urls import path

from explorer import dashboard_views, views

app_name = "explorer"

urlpatterns = [
    path("", views.explorer, name="explorer"),
    path("records/", views.records, name="records"),
    path("file/", views.file, name="file"),
    path("dashboards/", dashboard_views.dashboards, name="dashboard_list"),
    path("dashboards/<int:pk>/", dashboard_views.dashboard_detail, name="dashboard_detail"),
    path("dashboards/<int:pk>/edit/", dashboard_views.dashboard_edit, name="dashboard_edit"),
    path("dashboards/<int:pk>/delete/", dashboard_views.dashboard_delete, name="dashboard_delete"),
    path("dashboards/<int:pk>/cards/add/", dashboard_views.card_add, name="card_add"),
    path("dashboards/<int:pk>/cards/<int:card>/change/", dashboard_views.card_change, name="card_change"),
    path("mails/add/", dashboard_views.mail_add, name="mail_add"),
    path("mails/<int:pk>/stop/", dashboard_views.mail_stop, name="mail_stop"),
]
