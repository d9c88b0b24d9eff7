"""Addresses of data quality and use."""

from django.urls import path

from quality import views

app_name = "quality"

urlpatterns = [
    path("", views.quality, name="overview"),
    path("queue/", views.queue, name="queue"),
]
