"""Products and orders from files: lines together, whole orders or none, undone as a whole."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.models import Product
from contacts.models import Company
from imports import actions
from offers.invariants import check_purchases
from offers.models import Order, OrderLine
from tests.factories import CompanyFactory, ProductFactory
from tests.imports.bringing import brought, counts, done, reasons

pytestmark = pytest.mark.django_db
HEADER = "Auftragsnr;Kundennummer;Bestelldatum;Artikelnummer;Artikel;Menge;Einzelpreis;Rabatt;MwSt\n"
ORDERS = HEADER + (
    "A-1;K1;03.09.2026;P-1;Blech;2,5;10,50;10;19\n"
    "A-2;K1;04.09.2026;;Montage vor Ort;1;300;;19\n"
    "A-1;K1;03.09.2026;P-9;Unbekannt;1;1,0005;0,5;\n"
)


@pytest.fixture
def customer() -> Company:
    return CompanyFactory(name="Kessler GmbH", customer_number="K1")


def orders_in(actor, *files, run: bool = True, tables: tuple[str, ...] = ("orders",)):
    brought_in = brought(actor, *files)
    for file, table in zip(brought_in.files.order_by("pk"), tables, strict=True):
        columns = None
        brought_in = done(actions.read_again(file, table=table, given={}, actor=actor))
        file.refresh_from_db()
        if table == "orders" and "external_id" not in file.columns.values():
            columns = {**file.columns, "0": "external_id"}
            actions.map_columns(file, columns, "external_id", actor=actor)
    return done(actions.run(brought_in, actor=actor)) if run else brought_in


def test_orders_come_in_with_their_lines_however_far_apart_they_stand(people, customer):
    ProductFactory(number="P-1", name="Stahlblech", unit="kg")

    run = orders_in(people.manager, ("auftraege.csv", ORDERS))

    assert counts(run) == {"created": 2}
    order = Order.objects.get(external_id="A-1")
    assert (order.company, order.ordered_on, order.owner, order.team, order.origin) == (
        customer, date(2026, 9, 3), people.manager, people.manager.team, "import",
    )  # fmt: skip
    first, second = order.lines.all()
    assert (first.text, first.product.number, first.unit, first.net) == (
        "Blech", "P-1", "kg", Decimal("23.63"),
    )  # fmt: skip
    assert (second.text, second.product, second.discount, second.net) == (
        "Unbekannt", None, Decimal("0.5"), Decimal("0.50"),
    )  # fmt: skip
    customer.refresh_from_db()
    assert (customer.purchases, customer.last_bought_on) == (2, date(2026, 9, 4))


def test_a_second_time_nothing_is_doubled(people, customer):
    orders_in(people.manager, ("auftraege.csv", ORDERS))

    run = orders_in(people.manager, ("auftraege.csv", ORDERS))

    assert counts(run) == {"unchanged": 2}
    assert (Order.objects.count(), OrderLine.objects.count()) == (2, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        "A-1;K1;03.09.2026;;;1;1;;",
        "A-1;K1;03.09.2026;;Blech;-1;1;;",
        "A-1;K1;03.09.2026;;Blech;viele;1;;",
        "A-1;K1;03.09.2026;;Blech;0,0001;1;;",
        "A-1;K1;03.09.2026;;Blech;1;;;",
        "A-1;K1;03.09.2026;;Blech;999999999;9999999999;;",
        "A-1;K1;03.09.2026;;Blech;1;1;101;",
        "A-1;K2;03.09.2026;;Blech;1;1;;",
        "A-1;K1;04.09.2026;;Blech;1;1;;",
        "A-1;K1;03.09.2126;;Blech;1;1;;",
        "A-1;K1;31.02.2026;;Blech;1;1;;",
    ],
)
def test_an_order_comes_in_whole_or_not_at_all(people, customer, wrong):
    run = orders_in(people.manager, ("auftraege.csv", f"{ORDERS}{wrong}\n"))

    assert counts(run) == {"created": 1, "rejected": 3}
    assert [line for line, _reason in reasons(run)] == [2, 4, 5]
    assert Order.objects.get().external_id == "A-2"


def test_an_order_of_nobody_we_know_and_one_without_id_are_rejected(people, customer):
    rows = "A-3;K9;03.09.2026;;Blech;1;1;;\n;K1;03.09.2026;;Blech;1;1;;\n;K1;03.09.2026;;Blech;1;1;;\n"

    run = orders_in(people.manager, ("auftraege.csv", HEADER + rows))

    assert sorted(line for line, _reason in reasons(run)) == [2, 3, 4]
    assert not Order.objects.exists()


def test_lines_may_come_in_a_file_of_their_own(people, customer):
    heads = "OrderID;CustomerID;OrderDate\n10;K1;2026-09-03\n11;K1;2026-09-04\n"
    lines = (
        "OrderID;ProductID;ProductName;UnitPrice;Quantity\n10;1;Chai;18;2\n12;1;Chai;18;1\n10;2;Chang;19;1\n"
    )
    files = (("orders.csv", heads), ("lines.csv", lines))

    run = orders_in(people.manager, *files, tables=("orders", "order_lines"))

    assert counts(run) == {"created": 4, "rejected": 1}
    assert [line.text for line in Order.objects.get(external_id="10").lines.all()] == ["Chai", "Chang"]
    assert [line for line, _reason in reasons(run)] == [3]
    again = orders_in(people.manager, *files, tables=("orders", "order_lines"))
    assert counts(again) == {"unchanged": 4, "rejected": 1}
    assert OrderLine.objects.count() == 2


def test_an_import_of_orders_is_taken_back_and_its_customers_have_not_bought(people, customer):
    run = orders_in(people.manager, ("auftraege.csv", ORDERS))

    done(actions.undo(run, actor=people.manager))

    customer.refresh_from_db()
    assert (Order.objects.count(), OrderLine.objects.count(), customer.purchases) == (0, 0, 0)
    assert check_purchases() == ([], [])


def test_products_come_in_by_number_and_are_brought_up_to_date(people):
    kept = ProductFactory(number="P-1", name="Alt", price=Decimal(5), unit="Stück")
    table = (
        "Artikelnummer;Produktname;Warengruppe;Einheit;Listenpreis;Auslaufartikel\n"
        "P-1;Neu;Blech;;7,5;ja\nP-2;Zwei;blech;kg;;\nP-2;Doppelt;;;;\nP-3;;;;1;\nP-4;Vier;;;-1;\n"
    )

    run = orders_in(people.manager, ("produkte.csv", table), tables=("products",))

    assert counts(run) == {"created": 1, "updated": 1, "rejected": 3}
    kept.refresh_from_db()
    assert (kept.name, kept.price, kept.unit, kept.is_active, kept.group.name) == (
        "Neu", Decimal("7.5"), "Stück", False, "Blech",
    )  # fmt: skip
    assert Product.objects.get(number="P-2").group == kept.group
    done(actions.undo(run, actor=people.manager))
    kept.refresh_from_db()
    assert (kept.name, kept.price, kept.is_active) == ("Alt", Decimal(5), True)
    assert not Product.objects.filter(number="P-2").exists()


def test_reps_bring_in_no_orders(people):
    run = brought(people.owner, ("auftraege.csv", ORDERS))

    assert run.files.get().table != "orders"
