"""Addresses of potentials."""

from django.urls import path

from potentials import views

app_name = "potentials"

urlpatterns = [
    path("", views.potential_list, name="potential_list"),
    path("companies/<int:pk>/panel/", views.company_panel, name="company_panel"),
    path("companies/<int:pk>/add/", views.potential_add, name="potential_add"),
    path("<int:pk>/edit/", views.potential_edit, name="potential_edit"),
    path("<int:pk>/archive/", views.potential_archive, name="potential_archive"),
    path("<int:pk>/unarchive/", views.potential_unarchive, name="potential_unarchive"),
    path("<int:pk>/deal/", views.potential_deal, name="potential_deal"),
]
