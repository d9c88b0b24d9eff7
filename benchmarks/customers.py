"""The customers of the measured company: firms with people in them, and private persons."""

from random import Random
from typing import NamedTuple

from benchmarks.copying import Copied
from benchmarks.words import FIRST_NAMES, FORMS, POSITIONS, SURNAMES, TOWNS, TRADES
from contacts.models import Address, Channel, Company, Employment, Person

DEALS_PER_CUSTOMER = 4
FIRMS = 0.8
BATCH = 20_000


class Customer(NamedTuple):
    """Whom a deal is with: a firm and someone in it, or a private person."""

    company_id: int | None
    person_id: int


def write_customers(deals: int, strangers: int, now: str, rng: Random) -> list[Customer]:
    """Write as many customers as so many deals need; and firms without deals, two persons for each."""
    book = _Book(now, rng)
    customers = []
    for number in range(max(deals // DEALS_PER_CUSTOMER, 50)):
        customers.append(book.write_firm() if rng.random() < FIRMS else Customer(None, book.write_person()))
        if number % BATCH == BATCH - 1:
            book.copy()
    # Dice of their own: the deals are the same with and without them.
    book.rng = Random(rng.getstate()[1][0])  # noqa: S311 - plausible, not secret
    for number in range(strangers):
        book.write_firm()
        book.write_person()
        if number % BATCH == BATCH - 1:
            book.copy()
    book.copy(is_last=True)
    return customers


class _Book:
    """Writes down firms and persons with how to reach them."""

    def __init__(self, now: str, rng: Random) -> None:
        self.rng = rng
        same = {"note": "", "external_id": "", "created_at": now, "updated_at": now, "version": 1}
        self.companies = Copied(Company, "name industry", kinds="{prospect}", **same)
        self.persons = Copied(Person, "first_name last_name", salutation="", title="", language="de", **same)
        self.employments = Copied(Employment, "person_id company_id position", role="", version=1)
        self.addresses = Copied(Address, "company_id person_id street postal_code city", country="DE")
        self.channels = Copied(Channel, "company_id person_id kind value", label="")
        self.tables = [self.companies, self.persons, self.employments, self.addresses, self.channels]

    def write_firm(self) -> Customer:
        """One firm, and someone who works there."""
        choice, trade = self.rng.choice, self.rng.choice(TRADES)
        name = f"{choice(SURNAMES)} {trade} {choice(TOWNS)} {choice(FORMS)}"
        company_id = self.companies.add(name, trade)
        self._reach(company_id, None)
        person_id = self.write_person()
        self.employments.add(person_id, company_id, choice(POSITIONS))
        return Customer(company_id, person_id)

    def write_person(self) -> int:
        """Someone with a telephone and an address."""
        person_id = self.persons.add(self.rng.choice(FIRST_NAMES), self.rng.choice(SURNAMES))
        self._reach(None, person_id)
        return person_id

    def copy(self, *, is_last: bool = False) -> None:
        """Write to the tables what was taken down."""
        for table in self.tables:
            if is_last:
                table.finish()
            else:
                table.copy()

    def _reach(self, company_id: int | None, person_id: int | None) -> None:
        number = self.rng.randrange(100_000, 10_000_000)
        self.channels.add(company_id, person_id, "phone", f"+4989{number}")
        self.channels.add(company_id, person_id, "email", f"post{number}@kunde{number % 9000}.example")
        street, code = f"Hauptstraße {number % 200 + 1}", f"{number % 90_000 + 10_000}"
        self.addresses.add(company_id, person_id, street, code, self.rng.choice(TOWNS))
