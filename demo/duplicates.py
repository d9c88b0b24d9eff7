"""What happens in every customer database: a customer entered twice, by two people in two spellings."""

from collections.abc import Sequence
from random import Random

from accounts.models import User
from activities.models import Activity
from contacts.duplicate_search import KINDS, search_all
from contacts.legal_forms import taken_apart
from contacts.models import Address, Channel, Company, Person

FIRMS, PERSONS = 4, 2
SPELT_OUT = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"))
NOTES = ("Kam über die Messe, Karte liegt bei.", "Hat im Büro angerufen.")


def enter_twice(companies: Sequence[Company], persons: Sequence[Person], seed: int) -> None:
    """Enter some customers a second time, and let the search find them."""
    rng = Random(seed + 7)  # noqa: S311 - plausible, not secret
    clerks = list(User.objects.active().by_name()[:3])
    for firm in rng.sample(list(companies), min(FIRMS, len(companies))):
        _enter_firm(firm, rng.choice(clerks), rng)
    for person in rng.sample(list(persons), min(PERSONS, len(persons))):
        _enter_person(person, rng.choice(clerks))
    for subject in KINDS:
        search_all(subject)


def _enter_firm(firm: Company, clerk: User, rng: Random) -> None:
    """By the name people say, with one number, and a note of whoever answered the telephone."""
    name = _spelt_out(taken_apart(firm.name).core)
    twin = Company.objects.create(name=name, owner=clerk)
    _copy_first(firm, twin)
    Activity.objects.create(kind=Activity.Kind.NOTE, author=clerk, company=twin, text=rng.choice(NOTES))


def _enter_person(person: Person, clerk: User) -> None:
    twin = Person.objects.create(
        first_name=person.first_name[:1] + ".", last_name=_spelt_out(person.last_name), owner=clerk
    )
    _copy_first(person, twin)


def _copy_first(known: Company | Person, twin: Company | Person) -> None:
    """The second entry knows one number, and where they are."""
    column = known._meta.model_name or ""
    for channel in known.channels.order_by("pk")[:1]:
        Channel.objects.create(kind=channel.kind, value=channel.value, **{column: twin})
    for address in known.addresses.order_by("pk")[:1]:
        street = address.street.replace("straße", "str.")
        Address.objects.create(
            street=street,
            postal_code=address.postal_code,
            city=address.city,
            country=address.country,
            **{column: twin},
        )


def _spelt_out(name: str) -> str:
    for umlaut, letters in SPELT_OUT:
        name = name.replace(umlaut, letters)
    return name
