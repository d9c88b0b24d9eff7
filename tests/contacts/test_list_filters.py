"""What the lists of companies and persons can be asked, sorted by and shown with."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.columns import SORTS, company_columns, person_columns
from contacts.models import Company, Person, Tag, Tagging
from extra_fields.models import ExtraField
from lists.models import ListColumns, SavedView
from tests.factories import (
    ActivityFactory,
    ChannelFactory,
    CompanyFactory,
    EmploymentFactory,
    ExtraFieldFactory,
    PersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

COMPANIES, PERSONS = reverse("contacts:company_list"), reverse("contacts:person_list")


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def names(client, url=COMPANIES, **asked):
    return [str(row) for row in client.get(url, asked).context["page"].rows]


@pytest.fixture
def fitting(user):
    company = CompanyFactory(
        name="Passt",
        industry="Maschinenbau",
        employees=60,
        purchases=2,
        first_bought_on=timezone.localdate() - timedelta(days=90),
        last_bought_on=timezone.localdate(),
        extra={"stufe": "Gold", "umsatz": "1200.5"},
    )
    company.addresses.create(postal_code="24103", city="Kiel")
    Tagging.objects.create(company=company, tag=Tag.objects.create(name="Messe"))
    ExtraFieldFactory(code="stufe", label_de="Stufe", kind=ExtraField.Kind.CHOICE, choices="Silber\nGold")
    ExtraFieldFactory(code="umsatz", label_de="Umsatz", kind=ExtraField.Kind.NUMBER)
    CompanyFactory(name="Anders", owner=user, extra={"stufe": "Silber"})
    return company


@pytest.mark.parametrize(
    "asked",
    [
        {"industry": "maschinen"},
        {"size": "medium"},
        {"unowned": "on"},
        {"postal": "24"},
        {"status": "repeat"},
        {"extra_stufe": "Gold"},
        {"extra_umsatz__from": "1.000"},
        {"extra_umsatz__to": "1.200,50", "extra_umsatz__from": "1200"},
    ],
)
def test_each_question_finds_its_companies(client, fitting, asked):
    assert names(client, **asked) == ["Passt"]


def test_a_tag_finds_those_that_carry_it(client, fitting):
    assert names(client, tag="messe") == ["Passt"]


@pytest.mark.parametrize(
    "asked",
    [
        {"silent": "-1"},
        {"silent": "9" * 30},
        {"postal": "%"},
        {"tag": "1; DROP"},
        {"extra_stufe": "Platin"},
        {"extra_umsatz__from": "viel"},
        {"extra_gibtsnicht": "x"},
        {"sort": "password"},
        {"columns": "x," * 4000},
        {"industry": "\0"},
    ],
)
@pytest.mark.parametrize("url", [COMPANIES, PERSONS])
def test_wild_questions_get_an_answer(client, fitting, url, asked):
    assert client.get(url, asked).status_code == 200


def test_who_was_not_spoken_to_for_long_is_found(client, user):
    spoken_to, noted, never = (CompanyFactory(name=name) for name in ("Gestern", "Notiert", "Nie"))
    ActivityFactory(
        company=spoken_to,
        kind="call",
        at=timezone.now() - timedelta(days=1),
        result="reached",
        direction="out",
    )
    ActivityFactory(company=noted, kind="note", at=timezone.now())

    assert names(client, silent=30) == ["Nie", "Notiert"]
    assert never.name in names(client, silent=1)


def test_people_are_found_in_the_region_of_their_company_and_by_their_role(client, user):
    job = EmploymentFactory(role="decision_maker")
    job.company.addresses.create(postal_code="80331", city="München")
    PersonFactory()

    assert names(client, PERSONS, postal="80") == [str(job.person)]
    assert names(client, PERSONS, role="decision_maker") == [str(job.person)]


@pytest.mark.parametrize("kind", [Company, Person])
@pytest.mark.parametrize("sort", [sign + name for name in SORTS for sign in ("", "-")])
def test_every_order_shows_every_row_once_on_its_pages(client, user, monkeypatch, kind, sort):
    monkeypatch.setattr("lists.tables.PAGE_SIZE", 3)
    factory, url = (CompanyFactory, COMPANIES) if kind is Company else (PersonFactory, PERSONS)
    for number in range(7):
        bought = date(2026, 1, 1 + number % 3) if number % 2 else None
        factory(purchases=1 if bought else 0, first_bought_on=bought, last_bought_on=bought)

    seen, cursor = [], ""
    while True:
        page = client.get(url, {"sort": sort, "cursor": cursor}).context["page"]
        seen += [row.pk for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break

    order = company_columns().order_of(sort)
    assert seen == list(kind.objects.with_bought_key().order_by(*order).values_list("pk", flat=True))


@pytest.mark.parametrize(("url", "columns"), [(COMPANIES, company_columns), (PERSONS, person_columns)])
def test_a_list_with_all_columns_asks_no_more_for_twenty_rows_than_for_two(
    client, user, count_queries, url, columns
):
    ExtraFieldFactory(code="feld")
    ExtraFieldFactory(code="feld", subject="person")
    asked = {"columns": ",".join(column.name for column in columns().columns)}
    counts = []

    for rows in (2, 18):
        for _row in range(rows):
            job = EmploymentFactory(company=CompanyFactory(owner=UserFactory(), parent=CompanyFactory()))
            job.company.addresses.create(city="Kiel")
            ChannelFactory(company=job.company)
            ChannelFactory(company=None, person=job.person)
            tag = Tag.objects.create(name=f"Wort {job.pk}")
            Tagging.objects.create(company=job.company, tag=tag)
            Tagging.objects.create(person=job.person, tag=tag)
        with count_queries() as counted:
            client.get(url, asked)
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_columns_are_chosen_and_remembered_each_list_for_itself(client, fitting, user):
    client.post(reverse("lists:list_columns", args=["companies"]), {"column": ["extra_stufe", "industry"]})

    page = client.get(COMPANIES).content.decode()
    assert all(text in page for text in ("Stufe", "Gold", "Maschinenbau"))
    assert ListColumns.objects.get().page == "companies"
    assert client.get(PERSONS).context["table"].columns[0].name == "company"


def test_a_filter_of_companies_is_saved_as_a_view_and_asks_the_same_again(client, fitting, user):
    query = "extra_stufe=Gold&extra_umsatz__from=1.200,5&sort=-purchases&columns=extra_stufe,status"
    page = client.get(f"{COMPANIES}?{query}")

    client.post(page.context["bar"].add_url, {"name": "Goldkunden"})

    view = SavedView.objects.get()
    shown = client.get(view.url)
    assert view.url.startswith(COMPANIES)
    assert [str(row) for row in shown.context["page"].rows] == ["Passt"]
    assert shown.context["bar"].view == view
    assert [column.name for column in shown.context["table"].columns] == ["extra_stufe", "status"]


def test_beyond_the_most_counted_the_list_says_more_than(client, user, monkeypatch):
    monkeypatch.setattr("lists.tables.MOST_COUNTED", 2)
    for _number in range(4):
        CompanyFactory()

    assert "mehr als 2" in client.get(COMPANIES).content.decode()
