"""The customers of the demo company: firms with their people, and private persons at home."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from random import Random

from accounts.models import User
from contacts.models import Address, BuyingRole, Channel, Company, Employment, Person
from demo import company
from demo.staff import TRANSLITERATED

FIRM_SHARE, HOME_SHARE = 0.5, 0.28
# Numbers the German regulator keeps free for films, so that nobody is called by mistake.
LINES = ("+493023125", "+494066969", "+498999998", "+496990009")
MOBILES = "+4917604069"
BATCH = 1000


@dataclass
class Customer:
    """A firm with its people, or a private person, and when they bought."""

    company: Company | None
    people: list[tuple[Person, BuyingRole]]
    currency: str
    bought_at: list[datetime] = field(default_factory=list)

    @property
    def decision_maker(self) -> Person:
        """Who decides; for a private person themselves."""
        return self.people[0][0]


class CustomerBook:
    """All customers, grouped by the rep who looks after them; saved at once by `save`."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.companies: list[Company] = []
        self.persons: list[Person] = []
        self.employments: list[Employment] = []
        self.channels: list[Channel] = []
        self.addresses: list[Address] = []
        self._firm_names = self._all_firm_names()

    def write_down(self, owner: User, places: tuple[tuple[str, str, str], ...], deals: int) -> list[Customer]:
        """Customers enough for so many deals of one rep, firms and homes mixed."""
        firms = [self._firm(owner, places) for _ in range(int(deals * FIRM_SHARE) + 2)]
        homes = [self._home(owner, places) for _ in range(int(deals * HOME_SHARE) + 1)]
        customers = firms + homes
        self.rng.shuffle(customers)
        return customers

    def save(self) -> None:
        """Write everything in few statements."""
        Company.objects.bulk_create(self.companies, batch_size=BATCH)
        Person.objects.bulk_create(self.persons, batch_size=BATCH)
        Employment.objects.bulk_create(self.employments, batch_size=BATCH)
        Channel.objects.bulk_create(self.channels, batch_size=BATCH)
        Address.objects.bulk_create(self.addresses, batch_size=BATCH)

    def _firm(self, owner: User, places: tuple[tuple[str, str, str], ...]) -> Customer:
        name, industry = next(self._firm_names)
        place = self.rng.choice(places)
        form = self.rng.choice(company.LEGAL_FORMS[place[2]])
        firm = Company(
            name=f"{name} {form}",
            industry=industry,
            employees=int(self.rng.lognormvariate(4.2, 0.9)) + 3,
            owner=owner,
        )
        domain = f"{_slug(name)}.example"
        self.companies.append(firm)
        self._address(place, company=firm)
        self._channel(Channel.Kind.PHONE, self._line(), company=firm)
        self._channel(Channel.Kind.EMAIL, f"info@{domain}", company=firm)
        self._channel(Channel.Kind.WEB, f"https://www.{domain}/", company=firm)
        people = [(self._employee(firm, role, domain), role) for role in self._buying_centre()]
        return Customer(firm, people, _currency(place))

    def _home(self, owner: User, places: tuple[tuple[str, str, str], ...]) -> Customer:
        place = self.rng.choice(places)
        person = self._person(owner)
        self._address(place, person=person)
        self._channel(Channel.Kind.MOBILE, self._mobile(), person=person)
        self._channel(Channel.Kind.EMAIL, f"{_login(person)}@post.example", person=person)
        return Customer(None, [(person, BuyingRole.DECISION_MAKER)], _currency(place))

    def _buying_centre(self) -> list[BuyingRole]:
        others = [BuyingRole.INFLUENCER, BuyingRole.USER, BuyingRole.GATEKEEPER]
        return [BuyingRole.DECISION_MAKER, *self.rng.sample(others, self.rng.choice((0, 1, 1, 2)))]

    def _employee(self, firm: Company, role: BuyingRole, domain: str) -> Person:
        person = self._person(firm.owner)
        position = self.rng.choice(company.POSITIONS[role])
        self.employments.append(Employment(person=person, company=firm, position=position, role=role))
        self._channel(Channel.Kind.PHONE, self._line(), person=person)
        self._channel(Channel.Kind.EMAIL, f"{_login(person)}@{domain}", person=person)
        return person

    def _person(self, owner: User | None) -> Person:
        is_woman = self.rng.random() < 0.5
        person = Person(
            salutation=Person.Salutation.MS if is_woman else Person.Salutation.MR,
            title="Dr." if self.rng.random() < 0.06 else "",
            first_name=self.rng.choice(company.WOMEN if is_woman else company.MEN),
            last_name=self.rng.choice(company.SURNAMES),
            owner=owner,
        )
        self.persons.append(person)
        return person

    def _address(self, place: tuple[str, str, str], **whose: Company | Person) -> None:
        postal_code, city, country = place
        street = f"{self.rng.choice(company.STREETS)} {self.rng.randrange(1, 98)}"
        self.addresses.append(
            Address(street=street, postal_code=postal_code, city=city, country=country, **whose)
        )

    def _channel(self, kind: Channel.Kind, value: str, **whose: Company | Person) -> None:
        self.channels.append(Channel(kind=kind, value=value, **whose))

    def _line(self) -> str:
        return f"{self.rng.choice(LINES)}{self.rng.randrange(1000):03}"

    def _mobile(self) -> str:
        return f"{MOBILES}{self.rng.randrange(100):03}"

    def _all_firm_names(self) -> Iterator[tuple[str, str]]:
        """Every name with every industry, in a shuffled order; then numbered, for very large worlds."""
        pairs = list(product(company.FIRM_NAMES, company.INDUSTRIES))
        self.rng.shuffle(pairs)
        for name, (trade, industry) in pairs:
            yield f"{name} {trade}", industry
        number = 2
        while True:
            for name, (trade, industry) in pairs:
                yield f"{name} {trade} {number}", industry
            number += 1


def _currency(place: tuple[str, str, str]) -> str:
    return "CHF" if place[2] == "CH" else "EUR"


def _login(person: Person) -> str:
    return _slug(f"{person.first_name} {person.last_name}", ".")


def _slug(name: str, gap: str = "-") -> str:
    return name.lower().translate(TRANSLITERATED).replace("ü", "ue").replace(" ", gap)
