"""Addresses of the catalogue."""

from django.urls import path

from catalog.views import products

app_name = "catalog"

urlpatterns = [
    path("products/", products.product_list, name="product_list"),
    path("products/add/", products.product_add, name="product_add"),
    path("products/options/", products.product_options, name="product_options"),
    path("products/<int:pk>/", products.product_detail, name="product_detail"),
    path("products/<int:pk>/edit/", products.product_edit, name="product_edit"),
]
