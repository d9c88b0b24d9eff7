"""Rows written by COPY are what they were, whatever signs they hold, and are refused as others are."""

import pytest
from django.db import IntegrityError, transaction

from contacts.models import Company
from core.copying import copy_rows

pytestmark = pytest.mark.django_db
NAUGHTY = ["\\N", "\\", "a\tb", "a\nb\r\nc", '"quoted", {curly}', "NULL", "'; DROP TABLE x; --", "Ä ß 🦊"]


def test_what_is_written_is_read_back():
    rows = [
        Company(name=f"{text}.", note=text, extra={"said": text, "of": [text]}, employees=number or None)
        for number, text in enumerate(NAUGHTY)
    ]

    copy_rows(Company, rows)

    for row, text in zip(rows, NAUGHTY, strict=True):
        read = Company.objects.get(pk=row.pk)
        assert (read.name, read.note, read.extra) == (f"{text}.", text, {"said": text, "of": [text]})
        assert read.employees == row.employees
        assert read.created_at == row.created_at


def test_the_database_fills_in_what_nobody_said():
    partner, prospect = Company(name="Berg", kinds=["partner", "supplier"]), Company(name="Tal")

    copy_rows(Company, [partner, prospect])

    assert Company.objects.get(name="Berg").kinds == ["partner", "supplier"]
    assert Company.objects.get(name="Tal").kinds == ["prospect"]
    assert partner.pk < prospect.pk


def test_what_must_not_be_is_refused_as_ever():
    copy_rows(Company, [Company(name="Berg", external_id="7")])

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        copy_rows(Company, [Company(name="Tal", external_id="7")])

    assert refusal.value.__cause__.diag.constraint_name == "company_external_id_once"
    assert not Company.objects.filter(name="Tal").exists()
