"""Northwind moves in from its files: customers, contacts, products, orders, with the known figures."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count, F, Max, Min, Sum

from accounts.models import User
from catalog.models import Product
from contacts.models import Company, CustomerStatus, Person
from imports import actions
from imports.models import Import
from offers.invariants import check_purchases
from offers.models import Order, OrderLine
from reporting.purchases.cube import read_cube
from tests.factories import UserFactory
from tests.imports.bringing import brought, done, reasons

pytestmark = pytest.mark.django_db
# The figures of the set are sums of what is not rounded; ours round each line to the cent.
WORTH = F("quantity") * F("unit_price") * (1 - F("discount"))


@pytest.fixture
def northwind(shared_data) -> Path:
    return shared_data("northwind")


def employees(folder: Path) -> dict[str, User]:
    """The salespeople as users, by the number they have in the files."""
    with (folder / "clean" / "employees.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            row["EmployeeID"]: UserFactory(first_name=row["FirstName"], last_name=row["LastName"])
            for row in csv.DictReader(file)
        }


def move_in(actor: User, folder: Path, staff: dict[str, User]) -> Import:
    """Everything in one import; the table of customers twice, for the firms and for their people."""
    names = ["products.csv", "customers.csv", "customers.csv", "orders.csv", "order_details.csv"]
    run = brought(actor, *((name, (folder / "clean" / name).read_bytes()) for name in names))
    tables = ["products", "companies", "persons", "orders", "order_lines"]
    for file, table in zip(run.files.order_by("pk"), tables, strict=True):
        run = done(actions.read_again(file, table=table, given={}, actor=actor))
    orders = run.files.get(table="orders")
    actions.map_values(orders, {"owner": {key: str(user.pk) for key, user in staff.items()}}, actor=actor)
    return done(actions.run(run, actor=actor))


def test_northwind_is_here_with_its_known_figures(northwind, people):
    figures = json.loads((northwind / "figures.json").read_text(encoding="utf-8"))
    staff = employees(northwind)

    run = move_in(people.manager, northwind, staff)

    assert reasons(run) == []
    assert Company.objects.count() == figures["customers"]
    assert Person.objects.count() == figures["customers"]
    assert Product.objects.count() == figures["products"]
    assert (Order.objects.count(), OrderLine.objects.count()) == (figures["orders"], figures["order_lines"])
    days = Order.objects.aggregate(first=Min("ordered_on"), last=Max("ordered_on"))
    assert [day.isoformat() for day in days.values()] == [figures["first_order"], figures["last_order"]]
    assert_money(figures)
    assert_customers(figures)
    assert check_purchases() == ([], [])
    assert_purchases(figures)


def assert_money(figures) -> None:
    lines = OrderLine.objects
    assert cents(lines.aggregate(total=Sum(WORTH))["total"]) == figures["revenue_total_after_discount"]
    before = lines.aggregate(total=Sum(F("quantity") * F("unit_price")))["total"]
    assert cents(before) == figures["revenue_total_before_discount"]
    # Rounded line by line it is a quarter more.
    assert lines.aggregate(total=Sum("net"))["total"] == Decimal("1265793.29")
    assert worth_by("order__ordered_on__year") == {
        int(year): worth for year, worth in figures["revenue_by_year"].items()
    }
    by_product = worth_by("product__name")
    for name, worth in figures["top5_products"].items():
        assert by_product[name] == worth
    by_company = worth_by("order__company__name")
    for name, worth in figures["top5_customers"].items():
        assert by_company[name] == worth
    for name, said in figures["by_employee"].items():
        first, last = name.split()
        owned = Order.objects.filter(owner__first_name=first, owner__last_name=last)
        assert owned.count() == said["orders"]
        assert cents(lines.filter(order__in=owned).aggregate(total=Sum(WORTH))["total"]) == said["revenue"]


def assert_purchases(figures) -> None:
    """The analysis says the same: the pairs of the command, and the revenue of a country and a product."""
    out = StringIO()
    call_command("basket_pairs", min_support=6, format="json", stdout=out)
    pairs = {f"{row['first']} + {row['second']}": row["together"] for row in json.loads(out.getvalue())}
    known = figures["top5_product_pairs_same_order"]
    # Of those with six orders the figures name some, of more orders all.
    assert pairs.items() >= known.items()
    assert {pair for pair, orders in pairs.items() if orders > 6} <= known.keys()
    by_country = {line.key: line.cells[-1] for line in read_cube(all_lines(), "country", "", "net").lines}
    assert abs(by_country["DE"] - Decimal(str(figures["german_revenue"]))) < 1
    by_product = read_cube(all_lines(), "product", "year", "net")
    assert [line.label for line in by_product.lines[:5]] == list(figures["top5_products"])
    # Rounded line by line it is a quarter more.
    assert by_product.total.cells[-1] == Decimal("1265793.29")


def all_lines():
    return OrderLine.objects.filter(order__in=Order.objects.bought().values("pk"))


def assert_customers(figures) -> None:
    german = Company.objects.filter(addresses__country="DE")
    assert german.count() == figures["german_customers"]
    worth = OrderLine.objects.filter(order__company__in=german).aggregate(total=Sum(WORTH))["total"]
    assert cents(worth) == figures["german_revenue"]
    without = Company.objects.of_customer_status(CustomerStatus.NONE)
    assert sorted(without.values_list("customer_number", flat=True)) == figures["customers_without_order"]
    dormant = Company.objects.of_customer_status(CustomerStatus.DORMANT)
    assert dormant.count() == figures["customers"] - len(figures["customers_without_order"])
    counted = Company.objects.annotate(orders_here=Count("orders")).exclude(orders_here=F("purchases"))
    assert not counted.exists()
    contact = Person.objects.get(last_name="Anders", first_name="Maria")
    job = contact.employments.get()
    assert (job.company.name, job.position) == ("Alfreds Futterkiste", "Sales Representative")


@pytest.mark.parametrize(
    ("name", "table", "rows", "broken"),
    [("customers.csv", "companies", 91, 24), ("orders.csv", "orders", 830, 176)],
)
def test_rows_with_too_many_cells_are_rejected_by_line_and_none_is_shifted(
    northwind, people, name, table, rows, broken
):
    content = (northwind / "broken_unquoted_commas" / name).read_bytes()
    header, *lines = csv.reader(content.decode("utf-8-sig").splitlines())
    long = [number for number, cells in enumerate(lines, start=2) if len(cells) != len(header)]
    customers = (northwind / "clean" / "customers.csv").read_bytes()
    files = {"firmen.csv": (customers, "companies")} if table == "orders" else {}
    files[name] = (content, table)
    run = brought(people.manager, *((title, said) for title, (said, _kind) in files.items()))
    for file in run.files.all():
        kind = files[file.name][1]
        run = done(actions.read_again(file, table=kind, given={}, actor=people.manager))

    run = done(actions.run(run, actor=people.manager))

    told = reasons(run)
    assert [line for line, _reason in told] == long
    assert all(reason for _line, reason in told)
    assert len(told) == broken
    made = Order.objects.count() if table == "orders" else Company.objects.count()
    assert made == rows - broken
    assert not Company.objects.filter(name="NULL").exists()
    assert not Company.objects.filter(industry="NULL").exists()


def worth_by(column: str) -> dict[object, object]:
    rows = OrderLine.objects.order_by().values_list(column).annotate(total=Sum(WORTH))
    return {key: cents(total) for key, total in rows}


def cents(amount: Decimal) -> object:
    """To compare with a figure of two decimals; half a cent may have been rounded either way."""
    return pytest.approx(float(amount), abs=0.0051)
