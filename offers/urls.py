"""Addresses of orders."""

from django.urls import path

from offers.views import orders, panels

app_name = "offers"

urlpatterns = [
    path("orders/", orders.order_list, name="order_list"),
    path("orders/add/", orders.order_add, name="order_add"),
    path("orders/export/", orders.orders_export, name="orders_export"),
    path("orders/totals/", orders.order_totals, name="order_totals"),
    path("orders/<int:pk>/", orders.order_detail, name="order_detail"),
    path("orders/<int:pk>/edit/", orders.order_edit, name="order_edit"),
    path("orders/<int:pk>/cancel/", orders.order_cancel, name="order_cancel"),
    path("companies/<int:pk>/orders/", panels.company_orders, name="company_orders"),
    path("persons/<int:pk>/orders/", panels.person_orders, name="person_orders"),
    path("deals/<int:pk>/orders/", panels.deal_orders, name="deal_orders"),
    path("products/<int:pk>/buyers/", panels.product_buyers, name="product_buyers"),
]
