"""Finding who may be one customer: while typing, by night, after a change; and what is decided about it."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from contacts.actions.duplicates import decide_pair
from contacts.duplicate_search import search_all, search_batch, search_row
from contacts.errors import PairMerged
from contacts.matching import Record, compare
from contacts.matching.phonetics import cologne
from contacts.merging import merge
from contacts.models import Address, Company, DuplicatePair, DuplicateSearch, Person
from tests.contacts.test_forms import lines
from tests.factories import ChannelFactory, CompanyFactory, EmploymentFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def firm_at(name: str, street: str = "Hauptstraße 5", city: str = "Freiburg") -> Company:
    firm = CompanyFactory(name=name)
    Address.objects.create(company=firm, street=street, postal_code="79100", city=city)
    return firm


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("wikipedia", "3412"),
        ("mullerludenscheidt", "65752682"),
        ("breschnew", "17863"),
        ("meier", "67"),
        ("mayer", "67"),
    ],
)
def test_words_that_sound_alike_have_one_code(word, code):
    assert cologne(word) == code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller Maschinenbau GmbH", "Mueller Maschinenbau G.m.b.H."),
        ("Kessler & Söhne GmbH & Co. KG", "Kessler und Soehne"),
        ("Nutzfahrzeugtechnik Dufner GmbH", "Nutzfahrzeug-Technik Dufner GmbH"),
        ("Straßenbau Groß UG (haftungsbeschränkt)", "STRASSENBAU GROSS UG"),
    ],
)
def test_one_name_in_two_spellings_is_found(one, other):
    firm_at(one), firm_at(other, "Hauptstr. 5")

    search_all("company")

    assert DuplicatePair.objects.get().score >= 90


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Projektgesellschaft VIII mbH", "Projektgesellschaft IX mbH"),
        ("Dritte Beta GmbH", "Vierte Beta GmbH"),
        ("Grundschule Aue", "Förderverein der Grundschule Aue e.V."),
        ("Huber Elektro GmbH", "Hofer Elektro GmbH"),
    ],
)
def test_two_firms_of_one_house_or_street_are_two(one, other):
    firm_at(one), firm_at(other)

    search_all("company")

    assert not DuplicatePair.objects.exists()


def test_relatives_and_colleagues_are_not_one_person():
    firm = CompanyFactory()
    for first, last in (("Petra", "Schuster"), ("Jonas", "Schuster"), ("Ulrich", "Abel")):
        person = PersonFactory(first_name=first, last_name=last)
        Address.objects.create(person=person, street="Gartenweg 3", postal_code="79100", city="Freiburg")
        ChannelFactory(company=None, person=person, value="+497611234")
        EmploymentFactory(person=person, company=firm)

    search_all("person")

    assert not DuplicatePair.objects.exists()


def test_exchanged_names_and_a_slip_in_the_birthday_are_seen():
    one, other = Record(given="Petra", family="Weiß"), Record(given="Weiss", family="Petra")

    assert "exchanged_names" in compare(one, other).reasons


def test_an_interrupted_search_goes_on_and_a_decision_is_remembered(user, monkeypatch):
    monkeypatch.setattr("contacts.duplicate_search.BATCH", 1)
    firm_at("Holz Möller GmbH"), firm_at("Holz Moeller GmbH", "Hauptstr. 5")
    search_all("company")
    pair = decide_pair(DuplicatePair.objects.get(), "not_duplicate", actor=user)

    DuplicateSearch.objects.update(position=0, finished_at=None)
    assert search_batch("company")
    assert DuplicateSearch.objects.get().position == pair.low.pk
    while search_batch("company"):
        pass

    assert DuplicatePair.objects.get().state == "not_duplicate"


def test_after_a_change_the_row_is_compared_at_once():
    one, other = firm_at("Holz Möller GmbH"), firm_at("Ganz Anders AG", "Waldweg 9")
    search_row(Company, one.pk), search_row(Company, other.pk)
    assert not DuplicatePair.objects.exists()

    other.name = "Holz-Möller GmbH"
    other.save()
    search_row(Company, other.pk)
    assert DuplicatePair.objects.count() == 1

    other.name = "Ganz Anders AG"
    other.save()
    search_row(Company, other.pk)
    assert not DuplicatePair.objects.exists()


def test_a_merged_pair_cannot_be_decided_any_more(user):
    low, high = firm_at("Holz Möller GmbH"), firm_at("Holz Möller GmbH")
    search_all("company")
    merge(low, high, seen_versions=(1, 1), actor=user)

    with pytest.raises(PairMerged):
        decide_pair(DuplicatePair.objects.get(), "later", actor=user)


def test_known_ones_appear_while_typing(client, user):
    firm = firm_at("Holz Möller GmbH")
    ChannelFactory(company=firm, value="+497611234")
    typed = lines(("phone", "0761 1234"))

    by_number = client.post(reverse("contacts:company_twins"), {"name": "Etwas", **typed}).content.decode()
    by_part = client.post(
        reverse("contacts:company_twins"), {"name": "holz moel", **lines()}
    ).content.decode()
    nothing = client.post(
        reverse("contacts:company_twins"), {"name": "Unbekannt", **lines()}
    ).content.decode()

    assert "gleiche Telefonnummer" in by_number
    begun = client.post(reverse("contacts:company_twins"), {"name": "HOLZ-MÖ", **lines()}).content.decode()
    too_short = client.post(reverse("contacts:company_twins"), {"name": "Holz", **lines()}).content.decode()
    assert "Holz Möller GmbH" in by_part
    assert "Holz Möller GmbH" in begun
    assert "Holz Möller GmbH" not in too_short
    assert "Holz" not in nothing


@pytest.mark.parametrize("data", [{}, {"name": "\0" * 9000}, {"channels-TOTAL_FORMS": "999999999"}])
def test_nonsense_while_typing_is_answered_with_nothing(client, user, data):
    for name in ("company_twins", "person_twins"):
        assert client.post(reverse(f"contacts:{name}"), data).status_code == 200


def test_the_list_is_as_many_queries_with_twenty_pairs_as_with_two(client, user, count_queries):
    def measured() -> int:
        with count_queries() as counted:
            client.get(reverse("contacts:duplicate_list"))
        return len(counted)

    def add(number: int) -> None:
        for _ in range(number):
            low, high = firm_at("Eins"), firm_at("Eins")
            DuplicatePair.objects.create(low_company=low, high_company=high, score=80, reasons=["same_name"])
            one, two = EmploymentFactory().person, EmploymentFactory().person
            DuplicatePair.objects.create(low_person=one, high_person=two, score=80, reasons=["same_name"])

    add(1)
    measured()
    few = measured()
    add(9)

    assert measured() == few


def test_a_pair_is_merged_and_parted_on_its_pages(client, user):
    low, high = firm_at("Holz Möller GmbH"), firm_at("Holz Moeller")
    DuplicatePair.objects.create(low_company=low, high_company=high, score=95, reasons=["same_address"])
    assert "Holz Moeller" in client.get(reverse("contacts:duplicate_list")).content.decode()
    url = reverse("contacts:company_merge", args=[low.pk, high.pk])
    assert "Stand" in client.get(url).content.decode()

    stale = client.post(url, {"kept_version": 7, "taken_version": 1})
    done = client.post(url, {"kept_version": 1, "taken_version": 1, "field-name": "kept"})

    assert stale.status_code == 409
    assert done.url == low.get_absolute_url()
    assert client.get(high.get_absolute_url()).url == low.get_absolute_url()
    page = client.get(low.get_absolute_url()).content.decode()
    undo = reverse("contacts:merge_undo", args=[low.merges.get().pk])
    assert undo in page
    assert client.post(undo).url == high.get_absolute_url()
    assert client.get(high.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "query", ["pick=1", "pick=a&pick=b", "pick=1&pick=2&pick=3", "pick=99999999999999999999&pick=1"]
)
def test_other_than_two_picked_rows_lead_back_to_the_list(client, user, query):
    assert client.get(f"{reverse('contacts:companies_merge')}?{query}").url == reverse(
        "contacts:company_list"
    )


def test_hostile_decisions_and_filters_are_no_failures(client, user):
    firm = CompanyFactory()
    assert client.post(reverse("contacts:duplicate_decide", args=[9, "merged"])).status_code == 404
    assert client.get(reverse("contacts:company_merge", args=[firm.pk, firm.pk])).status_code == 404
    for query in ("kind=x&state=y&score=z", "q=%00", "cursor=broken", "score=70&kind=person&q=a b c"):
        assert client.get(f"{reverse('contacts:duplicate_list')}?{query}").status_code == 200


def test_the_command_prints_pairs_of_the_database_and_of_a_file(capsys, tmp_path):
    firm_at("Holz Möller GmbH"), firm_at("Holz Moeller GmbH", "Hauptstr. 5")
    call_command("find_duplicates", "companies", "--min-score", "90")
    assert "Holz Moeller GmbH" in capsys.readouterr().out
    assert not DuplicatePair.objects.exists()

    path = tmp_path / "people.csv"
    path.write_text(
        "Vorname;Nachname;PLZ;Ort;Geburtstag\nPetra;Weiß;79100;Freiburg;01.02.1980\nPetra;Weiss;79100;Freiburg;1.2.1980\n"
    )
    call_command("find_duplicates", "persons", "--file", str(path), "--format", "json")
    assert '"first": 2' in capsys.readouterr().out
    assert not Person.objects.exists()
