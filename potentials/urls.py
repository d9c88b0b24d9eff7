"""Addresses of potentials."""

from django.urls import path

from potentials import supply_views, views

app_name = "potentials"

urlpatterns = [
    path("", views.potential_list, name="potential_list"),
    path("companies/<int:pk>/panel/", views.company_panel, name="company_panel"),
    path("companies/<int:pk>/add/", views.potential_add, name="potential_add"),
    path("companies/<int:pk>/supplies/add/", supply_views.supply_add, name="supply_add"),
    path("supplies/<int:pk>/edit/", supply_views.supply_edit, name="supply_edit"),
    path("supplies/<int:pk>/archive/", supply_views.supply_archive, name="supply_archive"),
    path("supplies/<int:pk>/unarchive/", supply_views.supply_unarchive, name="supply_unarchive"),
    path("<int:pk>/edit/", views.potential_edit, name="potential_edit"),
    path("<int:pk>/archive/", views.potential_archive, name="potential_archive"),
    path("<int:pk>/unarchive/", views.potential_unarchive, name="potential_unarchive"),
    path("<int:pk>/deal/", views.potential_deal, name="potential_deal"),
]
