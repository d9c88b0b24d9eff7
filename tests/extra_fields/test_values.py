"""What extra fields keep of texts from any source, and how readers see it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from extra_fields.errors import ValueRefused
from extra_fields.models import ExtraField
from extra_fields.values import cell, merged, read, shown

Kind = ExtraField.Kind


def field(kind, **said):
    return ExtraField(code="feld", label_de="Feld", kind=kind, **said)


CHOICE = field(Kind.CHOICE, choices="Bronze | Bronze tier\nSilber|Silver tier\n\nGold")


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        (Kind.TEXT, "  Halle 3 ", "Halle 3"),
        (Kind.TEXT, "   ", None),
        (Kind.NUMBER, "18.900,50", "18900.5"),
        (Kind.NUMBER, "18,900.50", "18900.5"),
        (Kind.NUMBER, "1.234.567", "1234567"),
        (Kind.NUMBER, "-0,00", "0"),
        (Kind.NUMBER, "1'250", "1250"),
        (Kind.NUMBER, "0.125", "0.125"),
        (Kind.NUMBER, "100", "100"),
        (Kind.NUMBER, 7, "7"),
        (Kind.NUMBER, Decimal("2.50"), "2.5"),
        (Kind.DATE, "24.11.2026", "2026-11-24"),
        (Kind.DATE, "2026-11-24", "2026-11-24"),
        (Kind.DATE, date(2026, 11, 24), "2026-11-24"),
        (Kind.YES_NO, "Ja", True),
        (Kind.YES_NO, "false", False),
        (Kind.YES_NO, False, False),
    ],
)
def test_a_value_is_kept_in_one_spelling(kind, text, kept):
    assert read(field(kind), text) == kept


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.TEXT, "x" * 501),
        (Kind.NUMBER, "1.234"),
        (Kind.NUMBER, "1,234"),
        (Kind.NUMBER, "zwölf"),
        (Kind.NUMBER, "1e5"),
        (Kind.NUMBER, "NaN"),
        (Kind.NUMBER, "٣"),
        (Kind.NUMBER, "9" * 15),
        (Kind.NUMBER, "9" * 5000),
        (Kind.NUMBER, "0,12345"),
        (Kind.DATE, "31.02.2026"),
        (Kind.DATE, "morgen"),
        (Kind.YES_NO, "vielleicht"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_reason(kind, text):
    with pytest.raises(ValueRefused) as refusal:
        read(field(kind), text)
    assert str(refusal.value)


def test_a_source_that_says_how_it_writes_numbers_is_believed():
    assert read(field(Kind.NUMBER), "1.234", decimal_mark=",") == "1234"
    assert read(field(Kind.NUMBER), "1.234", decimal_mark=".") == "1.234"


def test_a_choice_is_found_in_either_language_and_kept_in_german():
    assert read(CHOICE, "silver TIER") == "Silber"
    assert read(CHOICE, "Gold") == "Gold"
    with pytest.raises(ValueRefused):
        read(CHOICE, "Platin")


def test_readers_see_values_in_their_language():
    with override("de"):
        assert shown(field(Kind.NUMBER), "18900.5") == "18.900,5"
        assert shown(field(Kind.NUMBER), "18900") == "18.900"
        assert shown(field(Kind.YES_NO), False) == "nein"
        assert shown(CHOICE, "Silber") == "Silber"
    with override("en"):
        assert shown(CHOICE, "Silber") == "Silver tier"
        assert shown(CHOICE, "Platin") == "Platin"
    assert shown(field(Kind.NUMBER), None) == shown(field(Kind.DATE), "kaputt") == ""


@pytest.mark.parametrize(
    ("one", "stored"),
    [
        (field(Kind.TEXT), "=1+1"),
        (field(Kind.NUMBER), "18900.5"),
        (field(Kind.DATE), "2026-11-24"),
        (field(Kind.YES_NO), True),
        (CHOICE, "Bronze"),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_cell_of_a_file_is_read_back_as_it_was(one, stored, language):
    with override(language):
        assert read(one, cell(one, stored)) == stored


def test_what_is_said_goes_on_top_and_nothing_takes_away():
    assert merged({"a": "1", "b": "2"}, {"b": None, "c": "3"}) == {"a": "1", "c": "3"}
    assert merged({"a": "1"}, None) == {"a": "1"}
