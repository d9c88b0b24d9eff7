"""The columns of the list: named by the address, remembered per user, never a query more for a row."""

import pytest
from django.urls import reverse

from lists.models import ListColumns
from pipeline.deal_columns import COLUMNS
from tests.conftest import log_in
from tests.factories import DealFactory, PersonFactory, ProductFactory, SourceFactory, lost, won

pytestmark = pytest.mark.django_db

URL = reverse("pipeline:deal_list")
CHOOSING = reverse("lists:list_columns", args=["list"])
ALL = ",".join(column.name for column in COLUMNS)


def columns(response) -> list[str]:
    return [column.name for column in response.context["table"].columns]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("value,stage", ["value", "stage"]),
        ("product,product,password,owner__password,value", ["product", "value"]),
        ("", ["stage", "value", "step", "days", "owner", "opened"]),
        ("nothing", ["stage", "value", "step", "days", "owner", "opened"]),
        ("," * 5000 + "value", ["stage", "value", "step", "days", "owner", "opened"]),
    ],
)
def test_the_address_names_the_columns_from_a_fixed_list(client, people, asked, shown):
    DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    assert columns(client.get(URL, {"columns": asked})) == shown


def test_a_column_chosen_a_thousand_times_is_kept_once(client, people):
    log_in(client, people, "owner")

    response = client.post(CHOOSING, {"column": ["value"] * 1000 + ["stage"]})

    assert response.status_code == 302
    assert columns(client.get(URL)) == ["value", "stage"]


def test_every_column_says_what_it_is_called_and_what_the_deal_says(client, people):
    deal = DealFactory(
        owner=people.owner,
        person=PersonFactory(last_name="Vogel"),
        product=ProductFactory(name="Hubwagen"),
        source=SourceFactory(name="Messe"),
        value=4321,
    )
    lost(deal)
    won(DealFactory(owner=people.owner, value=8765))
    log_in(client, people, "owner")

    page = client.get(URL, {"columns": ALL}).content.decode()

    for words in ("Vogel", "Hubwagen", "Messe", "4.321", "8.765", "Nord", "verloren", "Preis"):
        assert words in page
    assert page.count('scope="col"') == len(COLUMNS) + 1


def test_chosen_columns_stand_in_the_address_and_are_remembered(client, people):
    DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    answer = client.post(
        CHOOSING, {"column": ["product", "value"], "next": f"{URL}?stage=1&columns=days&sort=value"}
    )

    assert answer.url == f"{URL}?stage=1&sort=value&columns=product%2Cvalue"
    assert columns(client.get(URL)) == ["product", "value"]
    assert columns(client.get(URL, {"columns": "days"})) == ["days"]


def test_choosing_none_brings_the_usual_ones_back(client, people):
    DealFactory(owner=people.owner)
    log_in(client, people, "owner")
    client.post(CHOOSING, {"column": ["product"]})

    answer = client.post(CHOOSING, {"next": URL})

    assert answer.url == URL
    assert not ListColumns.objects.exists()


@pytest.mark.parametrize("name", ["password", "\0", "9" * 5000])
def test_a_column_that_does_not_exist_is_refused(client, people, name):
    log_in(client, people, "owner")

    assert client.post(CHOOSING, {"column": [name]}).status_code == 400
    assert not ListColumns.objects.exists()


def test_every_name_together_fits_what_is_remembered(client, people):
    log_in(client, people, "owner")

    client.post(CHOOSING, {"column": [column.name for column in COLUMNS]})

    assert ListColumns.objects.get().names == ALL


def test_one_never_leaves_the_list_by_choosing_columns(client, people):
    log_in(client, people, "owner")

    answer = client.post(CHOOSING, {"column": ["value"], "next": "https://elsewhere.example/?a=1"})

    assert answer.url == f"{URL}?columns=value"


def test_all_columns_ask_the_database_as_often_for_twenty_deals_as_for_two(client, people, count_queries):
    log_in(client, people, "owner")

    def fill(number):
        for _ in range(number):
            deal = DealFactory(
                owner=people.stranger,
                person=PersonFactory(),
                product=ProductFactory(),
                source=SourceFactory(),
            )
        lost(deal)

    fill(2)
    client.get(URL, {"columns": ALL})
    with count_queries() as few:
        client.get(URL, {"columns": ALL})
    fill(18)
    with count_queries() as many:
        client.get(URL, {"columns": ALL})

    assert len(many) == len(few)
