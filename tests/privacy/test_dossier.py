"""The report on a person holds everything, and nothing of anyone else."""

import pypdfium2
import pytest
from django.db import connection

from contacts.models import Company
from privacy.dossier import read_dossier
from privacy.holdings import read_holdings
from tests.factories import EmploymentFactory
from tests.privacy.world import everything, known_person, places_of

pytestmark = pytest.mark.django_db

MARK, OTHER = "Qanarivogel", "Zweitperson"


@pytest.fixture
def person():
    return known_person(MARK)


def words_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_every_text_that_holds_something_of_the_person_is_in_the_report(person):
    report = everything(read_dossier(read_holdings(person)).as_json())

    for said in (
        f"Vor{MARK}",
        f"Notiz neu {MARK}",
        f"Notiz {MARK}",  # as it was before
        f"Segeln {MARK}",
        f"alt.{MARK}@kunde.example".lower(),  # gone
        f"privat {MARK}",
        f"Straße {MARK} 1",
        f"Einkauf {MARK}",
        f"Ja, {MARK}",
        f"Gespräch {MARK}",
        f"Anruf {MARK}",
        f"Anrufen {MARK}",
        f"Wintergarten {MARK}",
        f"Wunsch {MARK}",
        f"Guten Tag {MARK}",
        f"Sehr geehrte {MARK}",
        "Wartung",
    ):
        assert said in report, said


def test_each_row_that_holds_the_mark_is_in_the_report(person):
    """Found by searching the whole database, not by a list of tables."""
    report = everything(read_dossier(read_holdings(person)).as_json()).casefold()

    with connection.cursor() as cursor:
        for place in places_of(MARK):
            table, column = place.split(".")
            if column.endswith("_key"):
                continue  # computed from other columns
            where = f'"{column}"::text ILIKE %s'
            cursor.execute(f'SELECT "{column}"::text FROM "{table}" WHERE {where}', [f"%{MARK}%"])
            for (value,) in cursor.fetchall():
                words = value.strip('[{"}]').split('": "')[-1]
                assert words.casefold() in report, place


def test_nothing_of_anyone_else_is_in_it(person):
    employer = Company.objects.get(employments__person=person)
    other = known_person(OTHER, number="+494012345678", company=employer)

    dossier = read_dossier(read_holdings(person))

    report = everything(dossier.as_json())
    assert OTHER.casefold() not in report.casefold()
    assert "4012345678" not in report
    assert OTHER.casefold() not in words_of_pdf(dossier.as_pdf()).casefold()
    assert MARK.casefold() not in read_dossier(read_holdings(other)).as_json().casefold()


def test_colleagues_are_not_named(person):
    owner = person.activities.first().author

    assert owner.last_name not in read_dossier(read_holdings(person)).as_json()


def test_the_pdf_says_the_same_and_takes_no_text_for_typesetting(person):
    person.note = '#panic("x") $ \\ *fett* ] #sys.inputs ‮ 漢字 😀'
    person.save()

    words = words_of_pdf(read_dossier(read_holdings(person)).as_pdf())

    assert '#panic("x")' in words
    assert f"Wintergarten {MARK}" in words.replace("\r\n", " ")


def test_the_walk_costs_the_same_for_two_and_for_twenty_rows(person, count_queries):
    counts = []
    for _more in (1, 18):
        for _ in range(_more):
            EmploymentFactory(person=person)
        with count_queries() as counted:
            read_dossier(read_holdings(person))
        counts.append(len(counted))

    assert counts[1] - counts[0] <= 18  # the name of each company
