"""Companies and persons as files: what is asked for, harmless, whole again, and written down."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Tag, Tagging
from contacts.vcards import card
from core.formulas import restored
from lists.models import ExportLog
from tests.conftest import log_in
from tests.factories import (
    ChannelFactory,
    CompanyFactory,
    EmploymentFactory,
    ExtraFieldFactory,
    PersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory(first_name="Lena", last_name="Sommer")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def taken(client, page, **sent):
    response = client.post(reverse("lists:list_export", args=[page]), {"format": "csv", **sent})
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def table(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_companies_go_out_with_the_columns_of_the_list(client, user):
    ExtraFieldFactory(code="umsatz", label_de="Umsatz", kind="number")
    company = CompanyFactory(name="=Möller; GmbH", external_id="K-7", owner=user, extra={"umsatz": "1200.5"})
    company.addresses.create(street="Kai 1", postal_code="24103", city="Kiel")
    ChannelFactory(company=company, value="+49431123456")
    for name in ("Messe", "Stammkunde"):
        Tagging.objects.create(company=company, tag=Tag.objects.create(name=name))
    CompanyFactory(name="Andere")

    columns = "place,postal,phone,owner,status,tags,extra_umsatz"
    rows = table(taken(client, "companies", query=f"q=möller&columns={columns}"))

    assert rows == [
        [
            "Nummer",
            "Firma",
            "Ort",
            "PLZ",
            "Telefon",
            "Mobil",
            "Zuständig",
            "Kundenstatus",
            "Schlagwörter",
            "extra:umsatz",
        ],
        [
            "K-7",
            "'=Möller; GmbH",
            "Kiel",
            "24103",
            "'+49431123456",
            "",
            "Lena Sommer",
            "Noch nichts gekauft",
            "Messe, Stammkunde",
            "1200,5",
        ],
    ]
    assert restored(rows[1][1]) == company.name


def test_who_takes_what_is_written_down(client, user, people):
    CompanyFactory(name="Möller")

    taken(client, "companies", query="q=möll")
    chosen = CompanyFactory()
    taken(client, "companies", query="", rows=str(chosen.pk))

    whole, some = ExportLog.objects.order_by("pk")
    assert (whole.by, whole.page, whole.file_format, whole.rows) == (user, "companies", "csv", 1)
    assert whole.asked == "Name: möll"
    assert (some.is_selection, some.rows, some.asked) == (True, 1, "")
    assert [ExportLog.objects.visible_to(one).count() for one in (user, people.admin, people.manager)] == [
        2,
        2,
        0,
    ]
    user.team = people.manager.team
    user.save()
    log_in(client, people, "manager")
    assert "Name: möll" in client.get(reverse("lists:export_log")).content.decode()


def test_restricted_persons_are_in_no_file(client, user):
    PersonFactory(last_name="Frei")
    hidden = PersonFactory(last_name="Gesperrt", restricted_at=timezone.now())

    assert b"Gesperrt" not in taken(client, "persons")
    assert b"Gesperrt" not in taken(client, "persons", rows=str(hidden.pk))


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "vcf3", "vcf4"])
def test_a_file_asks_no_more_for_twenty_rows_than_for_two(client, user, count_queries, file_format):
    counts = []

    for rows in (2, 18):
        for _row in range(rows):
            job = EmploymentFactory()
            ChannelFactory(company=None, person=job.person)
            job.person.addresses.create(city="Kiel")
        with count_queries() as counted:
            assert taken(client, "persons", format=file_format)
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_a_person_is_a_card_of_both_versions(user):
    job = EmploymentFactory(company=CompanyFactory(name="Möller, Söhne & Co"), position="Einkauf; Leitung")
    person = job.person
    person.title, person.first_name, person.last_name = "Dr.", "Änne", "Lang\r\nEND:VCARD"
    ChannelFactory(company=None, person=person, kind="mobile", value="+4917612345678")
    ChannelFactory(company=None, person=person, kind="email", value="aenne@lang.example")
    person.addresses.create(street="Kai 1", postal_code="24103", city="Kiel")
    person.present_employments = [job]

    old, new = (card(person, version=version).decode() for version in ("3.0", "4.0"))

    assert old.split("\r\n")[:3] == ["BEGIN:VCARD", "VERSION:3.0", "FN:Dr. Änne Lang\\nEND:VCARD"]
    assert "ORG:Möller\\, Söhne & Co" in old
    assert "TITLE:Einkauf\\; Leitung" in old
    assert "TEL;TYPE=cell,voice:+4917612345678" in old
    assert 'TEL;VALUE=uri;TYPE="cell,voice":tel:+4917612345678' in new
    assert "ADR;TYPE=home:;;Kai 1;Kiel;;24103;DE" in new
    assert old.count("\r\nEND:VCARD\r\n") == 1


def test_long_lines_are_folded_within_no_letter(user):
    company = CompanyFactory(name="Ä" * 200)

    lines = card(company, version="4.0").split(b"\r\n")

    assert all(len(line) <= 75 for line in lines)
    assert (
        b"".join(line.removeprefix(b" ") for line in lines if b"\xc3\x84" in line).decode().count("Ä") >= 600
    )


@pytest.mark.parametrize(
    "sent",
    [{"format": "exe"}, {"format": "csv", "query": "q" * 9000}, {"format": "csv", "rows": "9" * 5000}, {}],
)
def test_what_no_page_sends_is_refused(client, user, sent):
    url = reverse("lists:list_export", args=["companies"])

    assert client.post(url, sent).status_code == 400
    assert client.post(url.replace("companies", "board"), {"format": "csv"}).status_code == 404
    assert not ExportLog.objects.exists()
