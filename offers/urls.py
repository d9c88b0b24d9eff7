"""Addresses of orders."""

from django.urls import path

from offers.views import customer, guide, negotiation, orders, panels

app_name = "offers"

urlpatterns = [
    path("deals/<int:pk>/negotiation/", negotiation.negotiation, name="negotiation"),
    path("deals/<int:pk>/negotiation/panel/", negotiation.deal_negotiation, name="deal_negotiation"),
    path("deals/<int:pk>/negotiation/rounds/add/", negotiation.round_add, name="round_add"),
    path("deals/<int:pk>/negotiation/ground/", negotiation.ground_edit, name="ground_edit"),
    path("negotiation/points/<int:pk>/settle/", negotiation.point_settle, name="point_settle"),
    path("guide/", guide.guide_list, name="guide_list"),
    path("guide/add/", guide.guide_add, name="guide_add"),
    path("guide/<int:pk>/edit/", guide.guide_edit, name="guide_edit"),
    path("guide/<int:pk>/archive/", guide.guide_archive, name="guide_archive"),
    path("view/<str:token>/", customer.customer_offer, name="customer_offer"),
    path("view/<str:token>/sums/", customer.customer_sums, name="customer_sums"),
    path("view/<str:token>/document.pdf", customer.customer_document, name="customer_document"),
    path("view/<str:token>/opened/", customer.customer_opened, name="customer_opened"),
    path("view/<str:token>/accept/", customer.customer_accept, name="customer_accept"),
    path("view/<str:token>/decline/", customer.customer_decline, name="customer_decline"),
    path("view/<str:token>/ask/", customer.customer_ask, name="customer_ask"),
    path("view/<str:token>/counter/", customer.customer_counter, name="customer_counter"),
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
