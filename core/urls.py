"""Routes of what belongs to no app of its own: long work."""

from django.urls import path

from core import views

app_name = "core"

urlpatterns = [
    path("<int:pk>/", views.job_detail, name="job_detail"),
    path("<int:pk>/cancel/", views.job_cancel, name="job_cancel"),
]
