"""Why rows stayed outside is told in the language of the reader, not of whoever brought the file in."""

import pytest
from django.utils import translation

from contacts.models import Company
from imports.models import ImportReject
from tests.imports.bringing import taken_in

pytestmark = pytest.mark.django_db

FILE = """Externe ID;Firma;Mitarbeiter;Ort
1;Berg GmbH;zwölf;Ulm
2;;3;Ulm
3;Tal AG;3;Ulm;zu viel
4;Feld KG;5;Ulm
4;Feld KG;5;Ulm
5;Mondschein Logistik GmbH;7;Ulm
6;{long};7;Ulm
""".format(long="x" * 201)


def test_reasons_are_told_in_the_language_of_the_reader(people, client):
    Company.objects.create(name="Mondschein Logistik AG")
    assert people.manager.language == "de"
    run = taken_in(people.manager, ("firmen.csv", FILE))
    people.manager.language = "en"
    people.manager.save()
    client.force_login(people.manager)

    page = client.get(run.get_absolute_url()).content.decode()
    file = client.post(f"/imports/files/{run.files.get().pk}/rejects/").content.decode()

    for said in (
        "employees: “zwölf” is no number.",
        "The name is missing.",
        "The row has 5 cells, the header has 4.",
        "The same stands on line 5.",
        "May be the same as “Mondschein Logistik AG”: same name but for the legal form",
        "longer than 200 characters.",
    ):
        assert said in page.replace("&#x27;", "'"), said
        assert said in file, said
    with translation.override("de"):
        told = [reject.reason_heard for reject in ImportReject.objects.all()]
    assert "Beschäftigte: „zwölf“ ist keine Zahl." in told
    assert not any(english in " ".join(told) for english in ("The ", "longer", "same"))


def test_what_the_database_refuses_is_told_in_both_languages(people):
    run = taken_in(people.manager, ("firmen.csv", "Externe ID;Firma;Kundennummer\n1;Berg;7\n2;Tal;7\n"))

    reject = run.files.get().rejects.get()
    with translation.override("en"):
        assert reject.reason_heard == "Another company has this customer number already."
    with translation.override("de"):
        assert reject.reason_heard != reject.spoken["en"]


def test_reasons_of_former_imports_are_told_as_they_were_written(people):
    run = taken_in(people.manager, ("firmen.csv", "Externe ID;Firma\n1;\n"))
    ImportReject.objects.update(spoken={})

    assert run.files.get().rejects.get().reason_heard == "Der Name fehlt."
