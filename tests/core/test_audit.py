"""The audit keeps everything a row ever said, the first values included."""

import pytest

from contacts.models import Company
from core.admin import audit_changes
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db


def rename(company: Company, *names: str) -> None:
    for name in names:
        company.name = name
        company.save()


def test_every_name_a_company_ever_had_is_kept_after_it_is_deleted():
    company = CompanyFactory(name="Erste")
    rename(company, "Zweite", "Dritte")

    company.delete()

    assert list(Company.pgh_event_model.objects.order_by("pgh_id").values_list("name", flat=True)) == [
        "Erste",
        "Zweite",
        "Dritte",
    ]


def test_a_change_is_told_with_what_stood_there_before():
    company = CompanyFactory(name="Erste", industry="")
    rename(company, "Zweite", "Dritte")
    company.industry = "Holz"
    company.save()

    told = [what for _at, _who, what in audit_changes(company)]

    assert [line.split(", ")[0] for line in told] == [
        "Branche: – → Holz",
        "Name: Zweite → Dritte",
        "Name: Erste → Zweite",
    ]
