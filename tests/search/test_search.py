"""The global search: what it finds, in which order, for whom, and with how many questions to the database."""

import pytest
from django.urls import reverse

from search.finding import find, understood
from tests.conftest import log_in
from tests.factories import (
    ChannelFactory,
    CompanyFactory,
    DealFactory,
    EmploymentFactory,
    PersonFactory,
    UserFactory,
    lost,
)

pytestmark = pytest.mark.django_db
SIZE = 6


@pytest.fixture
def user():
    return UserFactory()


def companies(user, text):
    return [company.name for company in find(user, text, size=SIZE).companies]


@pytest.mark.parametrize("text", ["müller", "MULLER", "Müll", "ller", "holz müller", "mülle holzb"])
def test_any_part_of_the_words_in_any_order_finds_a_company(user, text):
    CompanyFactory(name="Müller Holzbau GmbH")
    CompanyFactory(name="Schreinerei Petersen")

    assert companies(user, text) == ["Müller Holzbau GmbH"]


@pytest.mark.parametrize("text", ["Grauenstien", "Grauenstei", "Graunstein", "Grauensstein Logistk"])
def test_a_typing_error_does_no_harm(user, text):
    CompanyFactory(name="Grauenstein Logistik AG")
    CompanyFactory(name="Petersen Bau")

    assert companies(user, text) == ["Grauenstein Logistik AG"]


def test_names_that_begin_with_the_text_come_first_and_lookalikes_last(user):
    for name in ("Alte Weberei", "Weber & Söhne", "Webar GmbH"):
        CompanyFactory(name=name)

    assert companies(user, "weber") == ["Weber & Söhne", "Alte Weberei", "Webar GmbH"]


def test_two_letters_find_names_that_begin_so_and_one_finds_nothing(user):
    CompanyFactory(name="VW Zentrum")
    CompanyFactory(name="Autohaus VW")

    assert companies(user, "vw") == ["VW Zentrum"]
    assert companies(user, "v") == []


@pytest.mark.parametrize("text", ["030 1234567", "+49 30 1234567", "0301234567"])
def test_a_telephone_number_tells_who_called(user, text):
    person = PersonFactory()
    ChannelFactory(company=None, person=person, value="+49301234567")

    assert find(user, text, size=SIZE).persons == [person]


def test_a_deal_is_found_by_title_and_customer_together(user):
    wanted = DealFactory(title="Photovoltaik Halle 2", company=CompanyFactory(name="Grauenstein AG"))
    DealFactory(title="Photovoltaik", company=CompanyFactory(name="Petersen Bau"))

    assert find(user, "photo grauen", size=SIZE).deals == [wanted]


def test_open_deals_come_before_closed_ones(user):
    closed = lost(DealFactory(title="Wartung"))
    current = DealFactory(title="Wartung")

    assert find(user, "wartung", size=SIZE).deals == [current, closed]


def test_the_deals_of_a_misspelt_customer_are_found(user):
    deal = DealFactory(title="Wartung", company=CompanyFactory(name="Grauenstein AG"))

    assert find(user, "Grauenstien", size=SIZE).deals == [deal]


def test_deals_that_are_not_to_be_seen_are_not_found(people, settings):
    settings.DEAL_VISIBILITY = "own"
    deal = DealFactory(owner=people.owner, title="Vertraulich")

    assert find(people.owner, "vertraulich", size=SIZE).deals == [deal]
    assert find(people.stranger, "vertraulich", size=SIZE).deals == []


def test_what_is_archived_is_not_found(user):
    CompanyFactory(name="Archiv AG", archived_at="2026-01-01T00:00Z")

    assert companies(user, "archiv") == []


@pytest.mark.parametrize("name", ["results", "suggestions"])
def test_the_page_takes_no_more_queries_for_many_hits(client, people, count_queries, name):
    log_in(client, people, "owner")
    url = reverse(f"search:{name}")

    def fill(number):
        for _one in range(number):
            job = EmploymentFactory(
                company=CompanyFactory(name="Weber Bau"), person=PersonFactory(last_name="Weber")
            )
            DealFactory(company=job.company)

    fill(2)
    with count_queries() as few:
        client.get(url, {"q": "weber"})
    fill(18)
    with count_queries() as many:
        client.get(url, {"q": "weber"})

    # Where enough is found, nothing alike is looked for.
    assert len(many) <= len(few)


def test_where_there_are_more_a_link_leads_to_all_of_them(client, people):
    log_in(client, people, "owner")
    CompanyFactory.create_batch(26, name="Weber Bau")

    page = client.get(reverse("search:results"), {"q": "weber"})

    (group,) = page.context["groups"]
    assert len(group.hits) == 25
    assert client.get(group.more_url).context["table"].count == 26


@pytest.mark.parametrize("text", ["", " ", "%", "__", "\\", "'", "\x00\x00", "🙂🙂", "a" * 5000, "% " * 2000])
def test_odd_texts_are_answered(client, people, text):
    log_in(client, people, "owner")
    CompanyFactory(name="Weber Bau")

    answer = client.get(reverse("search:results"), {"q": text})

    assert answer.status_code == 200
    assert "Weber Bau" not in answer.content.decode()


def test_what_is_looked_for_is_bounded():
    assert understood(f"  a \x00 {'b' * 5000}") == "a " + "b" * 98


def test_a_name_full_of_markup_is_text(client, people):
    log_in(client, people, "owner")
    CompanyFactory(name="<script>alert(1)</script>")

    answer = client.get(reverse("search:suggestions"), {"q": "script"}).content.decode()

    assert "<script>" not in answer
    assert "&lt;script&gt;" in answer
