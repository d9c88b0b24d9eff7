"""What customers ordered: orders with their lines, in one file or in two."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from itertools import groupby

from django.conf import settings as site
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from accounts.models import User
from contacts.models import Company, Person
from contacts.purchases import mirror_many
from core.sentences import joined
from core.sentences import sentence as _
from imports.column_specs import Column, ColumnKind
from imports.customers import Companies as NamedCompanies
from imports.kinds.base import CHUNK, TableKind
from imports.kinds.order_lines import LINE_COLUMNS, ORDER_ID_NAMES, LineBuilder
from imports.read_rows import ReadRow, RowReader
from imports.run import Run
from offers.models import Order, OrderLine

CUSTOMER_NAMES = (
    "company id, customer id, customerid, account id, accountid, kundennummer, kunden nr, kunden id, "
    "customer number, debitor, reseller key, resellerkey, customer key"
)
LINE_CODES = {"product_number", "product", "text", "quantity", "unit_price"}
EARLIEST = date(1970, 1, 1)
SAME_ON_EVERY_LINE = ("number", "company_id", "company", "person_id", "ordered_on", "currency", "owner")


class Parties:
    """Whose the orders of some rows are: the customers and the users in charge."""

    def __init__(self, rows: Sequence[ReadRow], run: Run) -> None:
        self._run = run
        numbers = {row.text("company_id") for row in rows} - {""}
        ids = {run.key_of(number) for number in numbers}
        self._by_id = {row.external_id: row for row in Company.objects.filter(external_id__in=ids)}
        self._by_number = {
            row.customer_number: row
            for row in Company.objects.filter(customer_number__in=numbers).order_by("-pk")
        }
        self._named = NamedCompanies(row.text("company") for row in rows)
        ids = {run.key_of(row.text("person_id")) for row in rows} - {""}
        self._persons = {row.external_id: row for row in Person.objects.filter(external_id__in=ids)}
        keys = {key for row in rows if (key := row.key("owner"))}
        self._users = User.objects.select_related("team").in_bulk(keys)

    def customer(self, row: ReadRow) -> tuple[Company | None, Person | None]:
        """The company and the person of a row, as far as they are known."""
        person = self._persons.get(self._run.key_of(row.text("person_id")))
        number = row.text("company_id")
        company = self._by_id.get(self._run.key_of(number)) or self._by_number.get(number)
        if company is None and not number and row.text("company"):
            company = self._named.find(row.text("company"))
        return company, person

    def owner(self, row: ReadRow) -> User:
        """The user the file names; who brings the file in where it names none of ours."""
        return self._users.get(row.key("owner") or 0) or self._run.actor


class Orders(TableKind):
    """Orders; rows of one order id are its lines. What is here already by its id stays as it is."""

    code = "orders"
    label = _lazy("Orders")
    one = _lazy("Order")
    order = 50
    prefixes = ("order", "auftrag", "bestellung", "sales order", "property")
    keys = {"external_id": _lazy("external id")}

    def columns(self) -> list[Column]:
        """Who ordered, when, under which id and number; and the line, where the file has it."""
        return [
            Column("external_id", _("external id"), ORDER_ID_NAMES, longest=80),
            Column(
                "number",
                _("order number"),
                "order number, ordernumber, auftragsnummer, auftrag nr, bestellnummer, order no, belegnummer",
                longest=40,
            ),
            Column("company_id", _("company (id)"), CUSTOMER_NAMES, longest=80),
            Column(
                "company",
                _("company"),
                "company, company name, customer, customer name, kunde, kundenname, firma, account, "
                "account name, reseller",
            ),
            Column("person_id", _("person (id)"), "person id, contact id, contactid", longest=80),
            Column(
                "ordered_on",
                _("ordered on"),
                "order date, orderdate, ordered on, bestelldatum, auftragsdatum, bestellt am, date, datum",
                ColumnKind.DAY,
            ),
            Column("currency", _("currency"), "currency, währung, currency code", longest=3),
            Column(
                "owner",
                pgettext_lazy("person in charge", "owner"),
                "owner, sales rep, salesperson, employee, employee id, employeeid, employee key, "
                "employeekey, vertriebler, mitarbeiter, zuständig, verkäufer",
                ColumnKind.USER,
            ),
            Column("note", _("note"), "note, notiz, bemerkung, kommentar, comment", longest=4000),
            *LINE_COLUMNS,
        ]

    def missing(self, mapped: Collection[str]) -> str:
        """An order has an id, a day and a customer."""
        if "external_id" not in mapped:
            return _("Please say which column holds the id of the order.")
        if "ordered_on" not in mapped:
            return _("Please say which column holds the day of the order.")
        if not {"company_id", "company", "person_id"} & set(mapped):
            return _("Please say which column names the customer.")
        return ""

    def take_file(self, reader: RowReader, run: Run) -> None:
        """Take in the file, the rows of one order together, however far apart they stand."""
        for bad in reader.table.bad_rows:
            run.reject(bad.line, bad.cells, bad.reason)
        has_lines = bool(LINE_CODES & set(reader.columns.fields))
        _OrderFile(list(reader.rows()), has_lines=has_lines).take_in(run)


class _OrderFile:
    """The rows of one file, by order; an order comes in whole or not at all."""

    def __init__(self, rows: Sequence[ReadRow], *, has_lines: bool) -> None:
        self._orders: dict[str, list[ReadRow]] = defaultdict(list)
        for row in rows:
            # Rows without an id are orders of nobody, each by itself.
            self._orders[row.text("external_id") or f"\0{row.line}"].append(row)
        self._has_lines = has_lines

    def take_in(self, run: Run) -> None:
        """Write the sound orders, some at a time."""
        batch: list[ReadRow] = []
        for rows in self._orders.values():
            if self._is_sound(rows, run):
                batch += rows
            if len(batch) >= CHUNK:
                run.guarded(self._write, batch)
                batch = []
            run.advance(len(rows))
        run.guarded(self._write, batch)

    def _write(self, rows: Sequence[ReadRow], run: Run) -> None:
        parties, builder = Parties(rows, run), LineBuilder(rows if self._has_lines else [])
        ids = {run.key_of(row.text("external_id")) for row in rows}
        here = set(Order.objects.current().filter(external_id__in=ids).values_list("external_id", flat=True))
        made: list[tuple[int, Order]] = []
        lines: list[tuple[int, OrderLine]] = []
        for _id, of_order in groupby(rows, lambda row: row.text("external_id")):
            together = list(of_order)
            if run.key_of(together[0].text("external_id")) in here:
                run.tally.counts["unchanged"] += 1
            elif (order := self._order(together, run, parties)) is not None:
                made.append((together[0].line, order))
                lines += builder.lines(order, together) if self._has_lines else []
        Order.objects.bulk_create([order for _line, order in made])
        OrderLine.objects.bulk_create([line for _line, line in lines], batch_size=CHUNK)
        mirror_many(
            companies=[order.company_id for _line, order in made if order.company_id],
            persons=[order.person_id for _line, order in made if order.person_id],
        )
        run.made(made)
        run.made(lines)
        run.tally.counts["created"] += len(made)

    def _is_sound(self, rows: Sequence[ReadRow], run: Run) -> bool:
        problems = {row.line: self._problem(row, rows[0], run) for row in rows}
        wrong = [line for line, problem in problems.items() if problem]
        for row in rows:
            reason = problems[row.line]
            if not reason and wrong:
                reason = _("Line %(line)s of the same order is rejected.") % {"line": wrong[0]}
            if reason:
                run.reject(row.line, row.cells, reason)
        return not wrong

    def _problem(self, row: ReadRow, first: ReadRow, run: Run) -> str | Promise:
        if row.problems:
            return joined(row.problems)
        if not row.text("external_id"):
            return _("The id of the order is missing.")
        day = row.values.get("ordered_on")
        if not isinstance(day, date) or not EARLIEST <= day <= timezone.localdate(run.now):
            return _("The day is missing, too long ago or still to come.")
        if any(row.values.get(name) != first.values.get(name) for name in SAME_ON_EVERY_LINE):
            return _("Line %(line)s says otherwise of the same order.") % {"line": first.line}
        return (LineBuilder.problem(row) if self._has_lines else "") or _wrong_number(row, first, run)

    def _order(self, rows: Sequence[ReadRow], run: Run, parties: Parties) -> Order | None:
        head = rows[0]
        problem = "" if len(rows) == len(self._orders[head.text("external_id")]) else _("Refused as a whole.")
        company, person = parties.customer(head)
        if company is None and person is None:
            problem = _("Nobody is known here who ordered this.")
        if problem:
            for row in rows:
                run.reject(row.line, row.cells, problem)
            return None
        owner = parties.owner(head)
        return Order(
            external_id=run.key_of(head.text("external_id")),
            number=head.text("number"),
            company=company,
            person=person,
            ordered_on=head.values["ordered_on"],  # type: ignore[misc]
            currency=head.text("currency").upper() or site.DEFAULT_CURRENCY,
            note=head.text("note"),
            owner=owner,
            team=owner.team,
            origin=Order.Origin.IMPORT,
        )


def _wrong_number(row: ReadRow, first: ReadRow, run: Run) -> str:
    """Why the number of an order cannot be its own; nothing if it can."""
    number = row.text("number")
    if not number or row is not first:
        return ""
    line = run.seen.setdefault((run.file.pk, "order number", number), row.line)
    if line != row.line:
        return _("Line %(line)s has the same order number.") % {"line": line}
    taken = Order.objects.current().filter(number=number)
    if taken.exclude(external_id=run.key_of(row.text("external_id"))).exists():
        return _("There is an order with this number already.")
    return ""
