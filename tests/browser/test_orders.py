"""Entering an order in a real browser, by keyboard: lines by product search, sums by the server."""

from decimal import Decimal

from django.urls import reverse
from playwright.sync_api import expect

from offers.models import Order
from pipeline.models import Stage
from tests.browser.conftest import LogIn
from tests.conftest import People
from tests.factories import CompanyFactory, DealFactory, ProductFactory, won


def test_a_won_deal_becomes_an_order_by_keyboard_alone(log_in: LogIn, people: People):
    company = CompanyFactory(name="Nordlicht Logistik AG")
    ProductFactory(name="Wallbox 11 kW", unit="Stück", price=Decimal("1190.00"))
    deal = won(DealFactory(owner=people.owner, company=company, stage=Stage.ABSCHLUSS, value=Decimal(4000)))
    page = log_in(people.owner, to=reverse("pipeline:deal_detail", args=[deal.pk]))
    page.get_by_role("link", name="Auftrag erfassen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#order-totals")).to_contain_text("4.760")

    page.locator("[name=lines-1-product_text]").focus()
    page.keyboard.type("wall")
    expect(page.get_by_role("option", name="Wallbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[name=lines-1-unit_price]")).to_have_value("1.190,00")
    expect(page.locator("[name=lines-2-product_text]")).to_be_attached()
    page.keyboard.press("Tab")
    page.keyboard.type("2")

    expect(page.locator("#lines-1-net")).to_have_text("2.380 €")
    expect(page.locator("#order-totals")).to_contain_text("7.592,20")
    page.keyboard.press("Enter")
    expect(page.locator(".order-lines tbody tr")).to_have_count(2)
    order = Order.objects.get()
    assert (order.deal, order.company) == (deal, company)
    assert [line.net for line in order.lines.all()] == [Decimal(4000), Decimal(2380)]
