"""Addresses of partners."""

from django.urls import path

from contacts.models import Company, Person
from offers.models import Order
from partners.views import pages, panels
from pipeline.models import Deal

app_name = "partners"

COMPANY, PERSON = {"kind": Company}, {"kind": Person}
DEAL, ORDER = {"kind": Deal}, {"kind": Order}

urlpatterns = [
    path("", pages.partner_list, name="partner_list"),
    path("add/", pages.partner_add, name="partner_add"),
    path("<int:pk>/", pages.partner_detail, name="partner_detail"),
    path("<int:pk>/edit/", pages.partner_edit, name="partner_edit"),
    path("companies/<int:pk>/panel/", panels.customer_panel, COMPANY, name="company_panel"),
    path("persons/<int:pk>/panel/", panels.customer_panel, PERSON, name="person_panel"),
    path("deals/<int:pk>/panel/", panels.roles_panel, DEAL, name="deal_panel"),
    path("deals/<int:pk>/add/", panels.role_add, DEAL, name="deal_partner_add"),
    path("deals/<int:pk>/<int:link_pk>/remove/", panels.role_remove, DEAL, name="deal_partner_remove"),
    path("orders/<int:pk>/panel/", panels.roles_panel, ORDER, name="order_panel"),
    path("orders/<int:pk>/add/", panels.role_add, ORDER, name="order_partner_add"),
    path("orders/<int:pk>/<int:link_pk>/remove/", panels.role_remove, ORDER, name="order_partner_remove"),
]
