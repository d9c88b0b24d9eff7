"""Addresses of what all lists share."""

from django.urls import path

from lists.views import files, saved_views

app_name = "lists"

urlpatterns = [
    path("exports/", files.export_log, name="export_log"),
    path("start/", saved_views.start_page, name="start_page"),
    path("views/<int:pk>/rename/", saved_views.view_rename, name="view_rename"),
    path("views/<int:pk>/share/", saved_views.view_share, name="view_share"),
    path("views/<int:pk>/unshare/", saved_views.view_unshare, name="view_unshare"),
    path("views/<int:pk>/start/", saved_views.view_start, name="view_start"),
    path("views/<int:pk>/delete/", saved_views.view_delete, name="view_delete"),
    path("<str:page>/views/add/", saved_views.view_add, name="view_add"),
    path("<str:page>/views/replace/", saved_views.view_replace, name="view_replace"),
    path("<str:page>/columns/", files.list_columns, name="list_columns"),
    path("<str:page>/export/", files.list_export, name="list_export"),
]
