"""The identifiers, telephone numbers and legal forms of the German reference data."""

import json

import pytest
from django.core.exceptions import ValidationError

from contacts.identifiers import vat_id
from contacts.legal_forms import legal_form
from contacts.phones import parsed

COUNTRIES = {
    "de.vat": "DE",
    "at.uid": "AT",
    "nl.btw": "NL",
    "fr.tva": "FR",
    "it.iva": "IT",
    "pl.nip": "PL",
    "be.vat": "BE",
    "es.nif": "ES",
    "gb.vat": "GB",
    "dk.cvr": "DK",
    "lu.tva": "LU",
    "cz.dic": "CZ",
    "se.vat": "SE",
    "eu.vat": "",
}


def is_refused(check, text):
    try:
        check(text)
    except ValidationError:
        return True
    return False


def test_every_documented_vat_id_is_judged_as_documented(shared_data):
    examples = json.loads((shared_data("german_reference") / "identifiers_valid_invalid.json").read_text())

    judged = 0
    for example in examples:
        country = COUNTRIES.get(example["kind"])
        if country is None:
            continue
        typed = example["input"]
        full = typed if typed.upper().startswith(country) else f"{country}{typed}"
        assert is_refused(vat_id, full) == (example["result"] == "invalid"), full
        judged += 1

    assert judged > 30


def test_every_spelling_of_a_number_is_kept_as_documented(shared_data):
    figures = json.loads((shared_data("german_reference") / "figures.json").read_text())

    for shape in figures["phone_shapes"]:
        if shape["valid"]:
            assert parsed(shape["input"]) == shape["e164"], shape["input"]


@pytest.mark.parametrize("country", ["Germany", "Austria", "Switzerland"])
def test_the_forms_another_list_knows_are_known_here(shared_data, country):
    terms = json.loads((shared_data("german_reference") / "legal_forms_cleanco.json").read_text())

    # Two of its entries are no forms of their own country: the silent partnership, and Sweden's AB.
    unknown = {term for term in terms["by_country"][country] if not legal_form(f"Holz Nord {term.upper()}")}
    assert unknown <= {"stg"}
