"""The lists of companies and persons, and the page of a company."""

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.lists import MOST_ROWS
from core.pagination import PAGE_SIZE
from tests.factories import ChannelFactory, CompanyFactory, EmploymentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def names(client, url_name="contacts:company_list", **asked):
    return [str(row) for row in client.get(reverse(url_name), asked).context["page"].rows]


@pytest.mark.parametrize("typed", ["möll", "MOLL", "öller anl", "  Möller "])
def test_any_part_of_the_name_is_found_umlauts_folded(client, user, typed):
    CompanyFactory(name="Möller Anlagentechnik")
    CompanyFactory(name="Nordlicht AG")

    assert names(client, q=typed) == ["Möller Anlagentechnik"]


def test_umlauts_sort_among_their_letters(client, user):
    for name in ("Zeller", "Ölwerk", "Alpen", "Obst"):
        CompanyFactory(name=name)

    assert names(client) == ["Alpen", "Obst", "Ölwerk", "Zeller"]


def test_archived_ones_are_listed_on_demand_only(client, user):
    CompanyFactory(name="Heute")
    CompanyFactory(name="Früher", archived_at=timezone.now())

    assert names(client) == ["Heute"]
    assert names(client, archived="on") == ["Früher"]


def test_kind_and_owner_narrow_the_list(client, user):
    CompanyFactory(name="Partner", kinds=["prospect", "partner"], owner=user)
    CompanyFactory(name="Anderer Partner", kinds=["partner"])
    CompanyFactory(name="Meine", owner=user)

    assert names(client, kind="partner", owner=user.pk) == ["Partner"]


@pytest.mark.parametrize(
    "asked",
    [{"kind": "x' OR 1=1"}, {"owner": "99999999999999999999"}, {"cursor": "ausgedacht"}, {"q": "%" * 5000}],
)
def test_what_is_not_understood_is_left_out(client, user, asked):
    CompanyFactory(name="Da")

    assert names(client, **asked) == ["Da"]


def test_a_zero_byte_is_no_error(client, user):
    assert client.get(reverse("contacts:company_list"), {"q": "a\0b"}).status_code == 200


def test_the_second_page_goes_on_and_the_count_is_of_all(client, user):
    for number in range(PAGE_SIZE + 2):
        CompanyFactory(name=f"Firma {number:03}")

    first = client.get(reverse("contacts:company_list")).context
    rest = names(client, cursor=first["page"].next_cursor)

    assert (len(first["page"].rows), first["table"].count, rest) == (
        PAGE_SIZE,
        PAGE_SIZE + 2,
        [f"Firma {PAGE_SIZE:03}", f"Firma {PAGE_SIZE + 1:03}"],
    )


@pytest.mark.parametrize("url_name", ["contacts:company_list", "contacts:person_list"])
def test_a_list_asks_no_more_for_twenty_rows_than_for_two(client, user, count_queries, url_name):
    counts = []

    for rows in (2, 18):
        for _row in range(rows):
            employment = EmploymentFactory(company=CompanyFactory(owner=UserFactory()))
            ChannelFactory(company=employment.company)
            ChannelFactory(company=None, person=employment.person)
        with count_queries() as counted:
            client.get(reverse(url_name))
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_the_people_of_a_company_are_listed_who_left_is_not(client, user):
    company = CompanyFactory()
    there = EmploymentFactory(company=company).person
    EmploymentFactory(company=company, until=timezone.localdate())
    EmploymentFactory()

    page = client.get(reverse("contacts:person_list"), {"company": company.pk})

    assert page.context["page"].rows == [there]
    assert company.get_absolute_url() in page.content.decode()


def test_a_person_is_found_at_the_place_of_their_company(client, user):
    employment = EmploymentFactory()
    employment.company.addresses.create(city="Kiel")

    assert "Kiel" in client.get(reverse("contacts:person_list")).content.decode()


def test_only_what_is_not_usual_is_said_of_a_companys_kind(client, user):
    partner = CompanyFactory(kinds=["partner"])
    CompanyFactory()

    kinds = [row.special_kinds for row in client.get(reverse("contacts:company_list")).context["page"].rows]

    assert sorted(kinds) == [[], partner.kind_labels]


def test_a_company_page_shows_the_first_people_and_leads_to_all(client, user):
    company = CompanyFactory()
    for _person in range(MOST_ROWS + 2):
        EmploymentFactory(company=company)

    page = client.get(company.get_absolute_url())

    assert len(page.context["people"]) == MOST_ROWS
    assert "2 weitere Personen" in page.content.decode()
    assert f"{reverse('contacts:person_list')}?company={company.pk}" in page.content.decode()


def test_numbers_stand_in_the_order_in_which_they_were_entered(client, user):
    company = CompanyFactory()
    first, second = (ChannelFactory(company=company, value=f"+493011111{n}") for n in range(2))
    first.value = "+4930222222"
    first.save()

    assert list(company.channels.all()) == [first, second]


def test_a_company_page_asks_no_more_for_twenty_people_than_for_two(client, user, count_queries):
    counts = []

    for rows in (2, 20):
        company = CompanyFactory()
        for _row in range(rows):
            ChannelFactory(company=None, person=EmploymentFactory(company=company).person)
        with count_queries() as counted:
            client.get(reverse("contacts:company_detail", args=[company.pk]))
        counts.append(len(counted))

    assert counts[0] == counts[1]
