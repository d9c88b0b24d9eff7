"""VAT ids and register numbers are checked by their rules and kept in one spelling."""

import pytest
from django.core.exceptions import ValidationError

from contacts.identifiers import register_number, vat_id


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("de 136 695 976", "DE136695976"),
        ("AT U13585627", "ATU13585627"),
        ("GR 094259216", "EL094259216"),
        ("CHE-100.155.212 MWST", "CHE100155212MWST"),
        ("GB 980 7806 84", "GB980780684"),
    ],
)
def test_a_vat_id_is_kept_in_one_spelling(typed, kept):
    assert vat_id(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("DE136695978", "vat_digit"),
        ("DE1", "vat_length"),
        ("DEABCDEFGHI", "vat_format"),
        ("136695976", "vat_country"),
        ("US123456789", "vat_country"),
    ],
)
def test_a_wrong_vat_id_is_refused_with_its_reason(typed, code):
    with pytest.raises(ValidationError) as refused:
        vat_id(typed)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hrb 12345 b", "HRB 12345 B"),
        ("HRB Nr. 12345", "HRB 12345"),
        ("GnR123", "GnR 123"),
        ("FN 122119m", "FN 122119m"),
        ("che100155212", "CHE-100.155.212"),
    ],
)
def test_a_register_number_is_kept_in_one_spelling(typed, kept):
    assert register_number(typed) == kept


@pytest.mark.parametrize("typed", ["HRC 1", "12345", "CHE-100.155.213", "FN 1", "HRB 12345678901"])
def test_what_is_no_register_number_is_refused(typed):
    with pytest.raises(ValidationError):
        register_number(typed)
