"""To whom an offer of a deal goes: the block of the address, the greeting, and what their VAT depends on."""

from dataclasses import dataclass

from catalog.models import VatCountry
from contacts.greetings import greeting
from contacts.models import Address, BuyingRole, Company, Employment, Person
from contacts.reach_forms import COUNTRIES
from pipeline.models import Deal

NOBODY = {"de": "Sehr geehrte Damen und Herren", "en": "Dear Sir or Madam"}
USES = (Address.Use.BILLING, Address.Use.MAIN, Address.Use.PRIVATE)


@dataclass(frozen=True)
class Recipient:
    """Who gets the offer; `block` is the address as it stands on the letter, line by line."""

    block: str
    salutation: str
    language: str
    country: str
    vat_id: str
    is_business: bool


def recipient_of(deal: Deal) -> Recipient:
    """The customer of a deal, with the person it is about, else the first who decides there."""
    person = deal.person or _decider(deal)
    language = "en" if person and person.language == "en" else "de"
    address = _address(deal.company or person)
    country = address.country if address else ""
    lines = [deal.company.name if deal.company else "", person.full_name if person else ""]
    if address:
        lines += [address.street, f"{address.postal_code} {address.city}".strip()]
        is_home = VatCountry.objects.filter(code=country, is_home=True).exists()
        lines += [] if is_home else [_country_name(country)]
    return Recipient(
        block="\n".join(line for line in lines if line),
        salutation=greeting(person) if person else NOBODY[language],
        language=language,
        country=country,
        vat_id=deal.company.vat_id if deal.company else "",
        is_business=deal.company is not None,
    )


def _decider(deal: Deal) -> Person | None:
    named = deal.people.filter(role=BuyingRole.DECISION_MAKER, person__restricted_at=None)
    first = named.select_related("person").order_by("pk").first()
    if first is not None:
        return first.person
    working = Employment.objects.filter(company=deal.company, until=None, role=BuyingRole.DECISION_MAKER)
    employment = working.select_related("person").order_by("pk").first() if deal.company else None
    return employment.person if employment else None


def _address(customer: Company | Person | None) -> Address | None:
    """The one for bills, else the main one."""
    if customer is None:
        return None
    known = sorted(customer.addresses.all(), key=lambda one: (_rank(one), one.pk))
    return known[0] if known else None


def _rank(address: Address) -> int:
    return USES.index(Address.Use(address.use)) if address.use in USES else len(USES)


def _country_name(code: str) -> str:
    return str(dict(COUNTRIES).get(code, code)).upper()
