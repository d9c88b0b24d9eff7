"""What users decide about themselves: name, language, appearance."""

import pytest
from django.urls import reverse

from tests.conftest import log_in

pytestmark = pytest.mark.django_db


def test_name_language_and_appearance_are_saved(client, people):
    log_in(client, people, "owner")

    answer = client.post(
        reverse("accounts:profile"),
        {"first_name": "Lena", "last_name": "Sommer", "language": "en", "theme": "dark"},
    )

    people.owner.refresh_from_db()
    assert answer.status_code == 302
    assert (str(people.owner), people.owner.language, people.owner.theme) == ("Lena Sommer", "en", "dark")


def test_nothing_else_can_be_changed_from_here(client, people):
    log_in(client, people, "owner")
    before = (people.owner.email, people.owner.team_id)

    client.post(
        reverse("accounts:profile"),
        {
            "first_name": "Lena",
            "language": "de",
            "theme": "auto",
            "role": "admin",
            "email": "chef@trichter.example",
            "team": people.stranger.team_id,
            "is_active": "",
            "id": people.admin.pk,
        },
    )

    people.owner.refresh_from_db()
    assert (people.owner.email, people.owner.team_id) == before
    assert (people.owner.role, people.owner.is_active) == ("rep", True)


def test_a_profile_without_a_first_name_is_not_saved(client, people):
    log_in(client, people, "owner")

    answer = client.post(reverse("accounts:profile"), {"first_name": "", "language": "de", "theme": "auto"})

    people.owner.refresh_from_db()
    assert answer.status_code == 422
    assert people.owner.first_name


def test_the_appearance_is_remembered(client, people):
    log_in(client, people, "owner")

    answer = client.post(reverse("accounts:theme_set"), {"theme": "dark"}, headers={"HX-Request": "true"})

    people.owner.refresh_from_db()
    assert answer.status_code == 204
    assert people.owner.theme == "dark"


def test_an_unknown_appearance_is_refused(client, people):
    log_in(client, people, "owner")

    assert client.post(reverse("accounts:theme_set"), {"theme": "neon"}).status_code == 400


def test_the_language_of_a_user_wins_over_the_browser(client, people):
    log_in(client, people, "owner")

    client.post(reverse("accounts:language_set"), {"language": "en", "next": "/profile/"})

    page = client.get(reverse("accounts:profile"), headers={"Accept-Language": "de"})
    assert '<html lang="en"' in page.content.decode()


def test_outsiders_choose_the_language_of_the_log_in_page(client):
    german = client.get(reverse("accounts:login"))

    answer = client.post(reverse("accounts:language_set"), {"language": "en", "next": "/login/"})

    english = client.get(reverse("accounts:login"))
    assert answer["Location"] == "/login/"
    assert '<html lang="de"' in german.content.decode()
    assert '<html lang="en"' in english.content.decode()


def test_the_way_back_leads_nowhere_else(client):
    answer = client.post(reverse("accounts:language_set"), {"language": "en", "next": "//boese.example/"})

    assert answer["Location"] == "/"
