"""What the panel of a company or person says, field by field, in the order in which people read it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models import Company, Person
from core.templatetags.dates import short_date
from core.templatetags.money import number


@dataclass(frozen=True)
class Fact:
    """One field: its name in the table, its label, what it says, and where a click on it leads."""

    field: str
    label: str | Promise
    text: str
    url: str = ""


def company_facts(company: Company) -> list[Fact]:
    """What is known; who is in charge also when that is nobody."""
    register = " ".join(part for part in (company.register_court, company.register_number) if part)
    parent = company.parent
    size = str(Company.Size(company.size_class).label) if company.size_class else ""
    employees = str(number(company.employees)) if company.employees is not None else ""
    facts = [
        _owner(company),
        Fact("name", _("Name"), company.name),
        Fact("kinds", _("What it is to us"), ", ".join(company.kind_labels)),
        Fact("customer_number", _("Customer number"), company.customer_number),
        Fact("industry", _("Industry"), company.industry),
        Fact("employees", _("Employees"), employees),
        Fact("stated_size", _("Size"), "" if employees else size),
        Fact("parent", _("Parent company"), str(parent or ""), parent.get_absolute_url() if parent else ""),
        Fact("legal_form", _("Legal form"), company.legal_form),
        Fact("register_number", _("Register"), register),
        Fact("vat_id", _("VAT id"), company.vat_id),
        Fact("note", _("Note"), company.note),
    ]
    return _said(facts)


def person_facts(person: Person) -> list[Fact]:
    """What is known; who is in charge also when that is nobody."""
    salutation = str(person.get_salutation_display()) if person.salutation else ""
    facts = [
        _owner(person),
        Fact("salutation", _("Salutation"), salutation),
        Fact("title", pgettext_lazy("of a person", "Title"), person.title),
        Fact("first_name", _("First name"), person.first_name),
        Fact("last_name", _("Last name"), person.last_name),
        Fact("language", _("Language"), str(person.get_language_display())),
        Fact("birthday", _("Birthday"), short_date(person.birthday)),
        Fact("note", _("Note"), person.note),
    ]
    return _said(facts)


def _owner(row: Company | Person) -> Fact:
    return Fact("owner", pgettext_lazy("person in charge", "Owner"), str(row.owner or "–"))


def _said(facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.text]
