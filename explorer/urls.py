"""Addresses of the explorer."""

from django.urls import path

from explorer import views

app_name = "explorer"

urlpatterns = [
    path("", views.explorer, name="explorer"),
    path("records/", views.records, name="records"),
    path("file/", views.file, name="file"),
]
