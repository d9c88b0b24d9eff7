"""Whatever is sent to forms and lists of contacts and activities: a message, never an error, never slow."""

import time

import pytest
from django.urls import reverse

from tests.conftest import log_in
from tests.factories import DealFactory, FollowUpFactory

pytestmark = pytest.mark.django_db

HOSTILE = [
    "\0",
    "a\0b",
    "\u2028",
    "x" * 1_000_000,
    "\u202eabc",
    "e\u0301" * 1000,
    "1e999999",
    "NaN",
    "-1",
    str(2**40),
    "9" * 40,
    "٣",
    "%" * 5000,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "0000-00-00",
    "10000-01-01",
]
PATIENCE_SECONDS = 2
LINES = ("channels-TOTAL_FORMS", "channels-INITIAL_FORMS", "addresses-TOTAL_FORMS", "addresses-INITIAL_FORMS")
FIELDS = [
    "name",
    "first_name",
    "last_name",
    "title",
    "kind",
    "industry",
    "employees",
    "parent",
    "parent_text",
    "owner",
    "note",
    "version",
    "language",
    "salutation",
    "confirmed",
    "channels-0-pk",
    "channels-0-kind",
    "channels-0-value",
    "addresses-0-city",
    "addresses-0-country",
    "person",
    "person_text",
    "company",
    "company_text",
    "position",
    "role",
    "on",
    "form_key",
    "result",
    "direction",
    "text",
    "deal",
    "appointment_on",
    "appointment_time",
    "step_kind",
    "step_on",
    "step_time",
    "step_text",
    "follow_up",
    "time",
    "until",
    "place",
    "next",
]


@pytest.fixture
def urls(client, people):
    """Every form, with a deal, a company and a follow-up of the one who asks."""
    log_in(client, people, "owner")
    deal = DealFactory(owner=people.owner)
    follow_up = FollowUpFactory(owner=people.owner, company=deal.company)
    beside = ["deals", deal.pk], ["companies", deal.company_id]
    names = ("call_log", "appointment_agree", "note_write", "follow_up_plan")
    return [
        *(reverse(f"activities:{name}", args=args) for name in names for args in beside),
        reverse("activities:follow_up_edit", args=[follow_up.pk]),
        reverse("activities:follow_up_postpone", args=[follow_up.pk]),
        reverse("contacts:company_add"),
        reverse("contacts:company_edit", args=[deal.company_id]),
        reverse("contacts:person_add"),
        reverse("contacts:employee_add", args=[deal.company_id]),
        reverse("contacts:employee_join", args=[deal.company_id]),
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_a_form_answers_with_a_message(client, urls, text):
    data = {**dict.fromkeys(LINES, 1), **dict.fromkeys(FIELDS, text[:100_000])}

    for url in urls:
        begun = time.monotonic()
        status = client.post(url, data).status_code
        assert (url, status in (200, 302, 404, 409, 422)) == (url, True)
        assert time.monotonic() - begun < PATIENCE_SECONDS


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_broken_counts_of_lines_are_a_message(client, urls, text):
    data = {"name": "Möller", "last_name": "Möller", **dict.fromkeys(LINES, text[:1000])}

    for url in urls[-5:-1]:
        assert client.post(url, data).status_code in (302, 409, 422)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_a_list_leaves_out_what_it_does_not_understand(client, people, text):
    log_in(client, people, "owner")
    deal = DealFactory(owner=people.owner)
    asked = dict.fromkeys(("q", "kind", "owner", "archived", "cursor", "part", "prefix"), text[:5000])

    for url in (
        reverse("activities:today"),
        reverse("activities:deal_panel", args=[deal.pk]),
        reverse("activities:timeline", args=["deals", deal.pk]),
        reverse("contacts:company_list"),
        reverse("contacts:person_list"),
        reverse("contacts:company_options"),
        reverse("contacts:person_options"),
    ):
        assert (url, client.get(url, asked).status_code) == (url, 200)
