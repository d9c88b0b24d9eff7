"""Postal codes: checked by rule, completed, doubted, and what lies near."""

from io import StringIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from contacts.models import Address, PostalCode
from contacts.places import clean_postal_code, codes_near, companies_near, doubts, places_of, suggested
from tests.contacts.test_company_form import enter
from tests.factories import CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db

KIEL = ("DE", "24103", "Kiel", 54.32, 10.13)
ECKERNFOERDE = ("DE", "24340", "Eckernförde", 54.47, 9.84)
MUENCHEN = ("DE", "80331", "München", 48.14, 11.57)


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def directory():
    for country, code, place, latitude, longitude in (KIEL, ECKERNFOERDE, MUENCHEN):
        PostalCode.objects.create(
            country=country, code=code, place=place, latitude=latitude, longitude=longitude
        )


def at(code, city="", country="DE"):
    return Address.objects.create(company=CompanyFactory(), postal_code=code, city=city, country=country)


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("DE", "D-24103", "24103"),
        ("DE", "01067", "01067"),
        ("AT", "A - 1010", "1010"),
        ("NL", "1012ab", "1012AB"),
    ],
)
def test_a_code_is_kept_as_its_country_writes_it(country, typed, kept):
    assert clean_postal_code(country, typed) == kept


@pytest.mark.parametrize(
    ("country", "typed"), [("DE", "2410"), ("DE", "00123"), ("AT", "24103"), ("CH", "0800"), ("DE", "२४१०३")]
)
def test_a_code_of_no_such_country_is_refused(country, typed):
    with pytest.raises(ValidationError):
        clean_postal_code(country, typed)


def test_a_place_is_filled_in_from_its_code(client, user, directory):
    data = {
        "addresses-TOTAL_FORMS": 1,
        "addresses-0-postal_code": "24103",
        "addresses-0-country": "DE",
        "addresses-0-use": "billing",
    }

    enter(client, **data)

    address = Address.objects.get()
    assert (address.city, address.use) == ("Kiel", "billing")


def test_a_wrong_code_is_told_at_its_field(client, user):
    data = {"addresses-TOTAL_FORMS": 1, "addresses-0-postal_code": "2410", "addresses-0-country": "DE"}

    response = enter(client, **data)

    assert "Beispiel: 24103" in response.content.decode()


def test_codes_and_places_are_suggested(client, user, directory):
    url = reverse("contacts:place_options")

    by_code = client.get(url, {"q": "243", "country": "DE"}).content.decode()
    by_place = client.get(url, {"q": "munch", "country": "DE"}).content.decode()

    assert 'value="24340" data-other="Eckernförde"' in by_code
    assert 'value="München" data-other="80331"' in by_place


def test_without_a_directory_our_own_addresses_suggest(user):
    at("24103", "Kiel")

    assert suggested("DE", "24") == [("24103", "Kiel")]
    assert places_of("DE", "24103") == ["Kiel"]


@pytest.mark.parametrize("query", [{"q": "%_\\"}, {"q": "2", "country": "'"}, {"q": "\0" * 99}, {}])
def test_hostile_questions_are_answered(client, user, query):
    assert client.get(reverse("contacts:place_options"), query).status_code == 200


def test_what_does_not_fit_is_doubted(directory):
    fits, elsewhere, unknown = at("24103", "Kiel"), at("24103", "Hamburg"), at("99999", "Irgendwo")
    abroad = at("1010", "Wien", "AT")

    said = doubts([fits, elsewhere, unknown, abroad])

    assert set(said) == {elsewhere.pk, unknown.pk}


def test_companies_near_come_nearest_first(user, directory):
    far, near, here = at("80331"), at("24340"), at("24103")

    found = companies_near(user, "DE", "24103", km=50)

    assert [row.company for row in found] == [here.company, near.company]
    assert found[0].km == 0
    assert 20 < found[1].km < 30
    assert far.company not in [row.company for row in found]


def test_without_coordinates_near_is_what_begins_alike(user):
    near = at("24105")
    at("80331")

    found = companies_near(user, "DE", "24103")

    assert [(row.company, row.km) for row in found] == [(near.company, None)]
    assert codes_near("DE", "24103", 10) == {}


def test_a_file_replaces_the_codes_of_its_country(tmp_path, directory):
    PostalCode.objects.create(country="AT", code="1010", place="Wien")
    lines = "DE\t01067\tDresden\tSachsen\tSN\t\t00\tDresden\t14612\t51.06\t13.71\t6\n" * 2
    archive = tmp_path / "DE.zip"
    with ZipFile(archive, "w") as packed:
        packed.writestr("readme.txt", "about")
        packed.writestr("DE.txt", lines)
    out = StringIO()

    call_command("load_postal_codes", archive, stdout=out)

    assert "DE: 1 " in out.getvalue()
    assert set(PostalCode.objects.values_list("country", "code")) == {("DE", "01067"), ("AT", "1010")}


@pytest.mark.parametrize("text", ["", "only;this\n", "DE\t\t\t\t\t\t\t\t\t\t\t\n"])
def test_a_file_that_is_none_changes_nothing(tmp_path, directory, text):
    path = tmp_path / "DE.txt"
    path.write_text(text)

    with pytest.raises(CommandError):
        call_command("load_postal_codes", path)

    assert PostalCode.objects.count() == 3
