"""Requests no page of ours sends: an answer, never an error."""

import pytest
from django.urls import reverse

from accounts.models import User
from contacts.models import Company
from core.pagination import keyset_page
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["owner", "anonymous"])
@pytest.mark.parametrize("address", ["http://[", "//[::1/pipeline/board/", "javascript:alert(1)", ""])
def test_a_page_that_is_no_address_asked_for_a_fragment(client, people, who, address):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, who)
    headers = {"HX-Request": "true", "HX-Current-URL": address}

    answer = client.get(reverse("pipeline:deal_card", args=[deal.pk]), headers=headers)

    assert answer.status_code == (200 if who == "owner" else 401)


def test_a_form_in_another_encoding_is_refused(client):
    answer = client.post(
        reverse("accounts:login"), "username=a", "application/x-www-form-urlencoded; charset=utf-7"
    )

    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 30, "٣", "²"])
def test_a_key_of_the_longest_kind_offers_nobody_and_is_no_row(client, people, key):
    log_in(client, people, "owner")
    company = CompanyFactory()

    answers = [
        client.get(reverse("contacts:person_options"), {"company": key}),
        client.post(reverse("pipeline:deal_add"), {"company": key, "person": key}),
        client.post(reverse("contacts:company_edit", args=[company.pk]), {"parent": key}),
    ]

    assert [answer.status_code for answer in answers] == [200, 422, 422]


@pytest.mark.parametrize("sort", ["-title", "value", "step", "opened"])
@pytest.mark.parametrize("page", ["pipeline:deal_list", "contacts:company_list", "reporting:deals"])
def test_the_cursor_of_another_list_means_the_first_page(client, people, page, sort):
    for name in ("abc", "b"):
        DealFactory(owner=people.owner, title=name)
    log_in(client, people, "owner")
    cursors = [
        keyset_page(people.owner.deals.all(), ("title_key", "id"), size=1).next_cursor,
        keyset_page(User.objects.all(), ("email", "id"), size=1).next_cursor,
        keyset_page(Company.objects.all(), ("sort_key", "id"), size=1).next_cursor,
    ]

    answers = [
        client.get(reverse(page), {"sort": sort, "what": "won", "cursor": cursor}) for cursor in cursors
    ]

    assert {answer.status_code for answer in answers} == {200}


def test_a_cursor_leads_on_in_its_own_list():
    users = sorted((UserFactory() for _ in range(3)), key=lambda user: user.pk)
    rows = User.objects.filter(pk__in=[user.pk for user in users])
    first = keyset_page(rows, ("id",), size=1)

    second = keyset_page(rows, ("id",), first.next_cursor, size=1)

    assert [*first.rows, *second.rows] == users[:2]


@pytest.mark.parametrize(
    "page", ["null", "home", "__proto__", "//evil.example", "https://evil.example/", "/\\evil"]
)
def test_a_form_that_stood_on_no_page_of_ours_leads_home(client, people, page):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")
    same_stage = {"seen_in": deal.stage, "to": deal.stage, "next": page}

    answers = [
        client.post(reverse("accounts:language_set"), {"language": "de", "next": page}),
        client.post(reverse("accounts:theme_set"), {"theme": "auto", "next": page}),
        client.post(reverse("pipeline:deal_move", args=[deal.pk]), same_stage),
    ]

    home, deal_page = "/", reverse("pipeline:deal_detail", args=[deal.pk])
    assert [answer.headers["Location"] for answer in answers] == [home, home, deal_page]


@pytest.mark.parametrize("key", ["abc", "\0", "9" * 5000, "-1", "²"])
@pytest.mark.parametrize("page", ["admin:accounts_cover_add", "admin:catalog_product_add"])
def test_what_is_no_key_of_a_row_is_refused_by_the_admin(client, people, page, key):
    log_in(client, people, "admin")

    answer = client.post(reverse(page), {"owner": key, "stand_in": key, "group": key})

    assert answer.status_code == 200
    assert answer.context["errors"]
