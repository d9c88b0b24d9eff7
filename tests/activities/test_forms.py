"""The forms of the panel: what they write, what they refuse, and that typed text is kept."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import (
    About,
    Meeting,
    NextStep,
    agree_appointment,
    edit_follow_up,
    plan_follow_up,
    postpone_follow_up,
)
from activities.models import Activity, FollowUp
from tests.conftest import log_in
from tests.factories import ActivityFactory, DealFactory, EmploymentFactory, PersonFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def deal(client, people):
    log_in(client, people, "owner")
    return DealFactory(owner=people.owner)


def on(days):
    return timezone.localdate() + timedelta(days=days)


def day(days=1):
    return on(days).isoformat()


def call(deal, client, **data):
    url = reverse("activities:call_log", args=["deals", deal.pk])
    return client.post(url, {"form_key": uuid4(), "direction": "out", **data}, headers=HTMX)


def test_a_call_with_its_next_step_is_written_and_the_page_is_told(deal, client):
    response = call(
        deal, client, result="not_reached", step_kind="call", step_on=day(), step_text="noch einmal"
    )

    deal.refresh_from_db()
    assert response.status_code == 204
    assert "activities-changed" in response["HX-Trigger"]
    assert deal.next_step == "noch einmal"


def test_an_agreed_appointment_needs_its_day(deal, client):
    response = call(deal, client, result="appointment", text="Frau Weiß freut sich")

    assert response.status_code == 422
    assert "Frau Weiß freut sich" in response.content.decode()
    assert not Activity.objects.exists()


def test_an_agreed_appointment_is_written_with_the_call(deal, client):
    call(deal, client, result="appointment", appointment_on=day(3), appointment_time="14:30")

    appointment = Activity.objects.get(kind="appointment")
    assert timezone.localtime(appointment.at).strftime("%H:%M") == "14:30"


def test_a_call_back_needs_its_day(deal, client):
    assert call(deal, client, result="call_back").status_code == 422


def test_a_call_without_result_is_refused(deal, client):
    assert call(deal, client).status_code == 422


def test_a_next_step_in_the_past_is_refused(deal, client):
    response = call(deal, client, result="no_need", step_kind="call", step_on=day(-1))

    assert response.status_code == 422


@pytest.mark.parametrize("date", ["0000-01-01", "9999-12-31", "10000-01-01", "gestern", "1" * 5000])
def test_impossible_days_are_refused_with_a_message(deal, client, date):
    assert call(deal, client, result="no_need", step_kind="call", step_on=date).status_code == 422


def test_only_people_of_the_customer_can_be_named(deal, client):
    stranger, colleague = PersonFactory(), EmploymentFactory(company=deal.company).person

    refused = call(deal, client, result="no_need", person=stranger.pk)
    taken = call(deal, client, result="no_need", person=colleague.pk)

    assert (refused.status_code, taken.status_code) == (422, 204)


def test_a_call_made_for_a_follow_up_finishes_it(deal, client):
    follow_up = plan_follow_up(About(deal=deal), NextStep(on=timezone.localdate()), actor=deal.owner)

    call(deal, client, result="no_need", follow_up=follow_up.pk)

    assert not FollowUp.objects.get().is_open


def test_a_follow_up_of_a_stranger_cannot_be_finished_by_a_call(deal, client, people):
    foreign = DealFactory(owner=people.stranger)
    follow_up = plan_follow_up(About(deal=foreign), NextStep(on=timezone.localdate()), actor=foreign.owner)

    response = call(deal, client, result="no_need", follow_up=follow_up.pk)

    assert response.status_code == 403
    assert FollowUp.objects.get().is_open


def test_an_invisible_deal_cannot_be_named_from_the_companys_page(client, people, settings):
    settings.DEAL_VISIBILITY = "own"
    log_in(client, people, "stranger")
    deal = DealFactory(owner=people.owner)
    url = reverse("activities:note_write", args=["companies", deal.company_id])

    client.post(url, {"form_key": uuid4(), "text": "Notiz", "deal": deal.pk}, headers=HTMX)

    assert not deal.activities.exists()


def test_without_script_the_form_is_a_page_and_leads_back(deal, client):
    url = reverse("activities:note_write", args=["deals", deal.pk])

    page = client.get(url)
    saved = client.post(url, {"form_key": uuid4(), "text": "Notiz"})

    assert page.templates[0].name == "activities/form.html"
    assert saved.url == reverse("pipeline:deal_detail", args=[deal.pk])


def test_postponing_without_a_day_means_the_next_working_day(deal, client):
    follow_up = plan_follow_up(About(deal=deal), NextStep(on=timezone.localdate()), actor=deal.owner)

    client.post(reverse("activities:follow_up_postpone", args=[follow_up.pk]), headers=HTMX)

    follow_up.refresh_from_db()
    assert follow_up.due_on > timezone.localdate()
    assert follow_up.due_on.weekday() < 5


def test_a_postponed_follow_up_can_be_put_back_by_the_toast(deal, client):
    follow_up = plan_follow_up(About(deal=deal), NextStep(on=timezone.localdate()), actor=deal.owner)
    client.post(reverse("activities:follow_up_postpone", args=[follow_up.pk]), headers=HTMX)

    client.post(
        reverse("activities:follow_up_put_back", args=[follow_up.pk, timezone.localdate().isoformat()]),
        headers=HTMX,
    )

    follow_up.refresh_from_db()
    assert follow_up.due_on == timezone.localdate()


def test_a_stale_edit_says_what_is_saved_now_and_keeps_what_was_typed(deal, client):
    note = ActivityFactory(deal=deal, author=deal.owner, version=4)
    data = {"version": 3, "on": day(0), "time": "10:00", "text": "überholt"}
    url = reverse("activities:activity_edit", args=[note.pk])

    stale = client.post(url, data, headers=HTMX)
    unsaved = Activity.objects.get().text
    version = stale.context["form"]["version"].value()
    again = client.post(url, {**data, "version": version}, headers=HTMX)

    answer = stale.content.decode()
    assert (stale.status_code, unsaved, again.status_code) == (409, "Notiz", 204)
    assert "Jetzt steht hier: Notiz" in answer
    assert "überholt" in answer
    assert Activity.objects.get().text == "überholt"


def test_a_stale_edit_of_a_follow_up_says_what_is_saved_now(deal, client):
    follow_up = plan_follow_up(About(deal=deal), NextStep(on=on(3), text="Anrufen"), actor=deal.owner)
    theirs = NextStep(on=on(5), kind="visit", text="Besuchen")
    edit_follow_up(follow_up, theirs, seen_version=1, actor=deal.owner)
    data = {"version": 1, "kind": "mail", "on": day(4), "text": "Schreiben", "owner": deal.owner.pk}

    response = client.post(reverse("activities:follow_up_edit", args=[follow_up.pk]), data, headers=HTMX)

    answer = response.content.decode()
    follow_up.refresh_from_db()
    assert (response.status_code, follow_up.text) == (409, "Besuchen")
    assert "Jetzt steht hier: Besuch" in answer
    assert f"Jetzt steht hier: {on(5):%d.%m.%Y}" in answer
    assert 'value="Schreiben"' in answer


def test_postponing_from_a_list_that_is_out_of_date_is_refused(deal, client):
    follow_up = plan_follow_up(About(deal=deal), NextStep(on=on(3), text="Anrufen"), actor=deal.owner)
    postpone_follow_up(follow_up, on(9), actor=deal.owner)
    url = reverse("activities:follow_up_postpone", args=[follow_up.pk])

    response = client.post(url, {"on": day(5), "version": 1}, headers=HTMX)

    follow_up.refresh_from_db()
    assert (response.status_code, follow_up.due_on) == (409, on(9))


def test_putting_back_is_refused_after_someone_moved_it_again(deal, client):
    follow_up = plan_follow_up(About(deal=deal), NextStep(on=on(3), text="Anrufen"), actor=deal.owner)
    url = reverse("activities:follow_up_postpone", args=[follow_up.pk])
    response = client.post(url, {"on": day(5), "version": 1}, headers=HTMX)
    undo_url = json.loads(response["HX-Trigger"])["toast"]["undo_url"]
    postpone_follow_up(follow_up, on(9), actor=deal.owner)

    refused = client.post(undo_url, headers=HTMX)

    follow_up.refresh_from_db()
    assert (refused.status_code, follow_up.due_on) == (409, on(9))


def test_a_note_about_nobody_but_a_person_keeps_the_person(deal, client):
    note = ActivityFactory(company=None, person=PersonFactory(), author=deal.owner)
    data = {"version": 1, "on": day(0), "time": "10:00", "text": "ohne Person"}

    response = client.post(reverse("activities:activity_edit", args=[note.pk]), data, headers=HTMX)

    note.refresh_from_db()
    assert (response.status_code, note.text) == (422, "Notiz")


def test_the_deals_owner_tells_what_became_of_an_appointment_a_colleague_agreed(deal, client, people):
    appointment = agree_appointment(About(deal=deal), Meeting(begins=timezone.now()), actor=people.colleague)

    response = client.post(reverse("activities:appointment_miss", args=[appointment.pk]), headers=HTMX)

    appointment.refresh_from_db()
    assert (response.status_code, appointment.status) == (204, "no_show")


def test_from_the_companys_page_its_only_open_deal_and_person_are_chosen_beforehand(deal, client):
    person = EmploymentFactory(company=deal.company).person

    response = client.get(reverse("activities:call_log", args=["companies", deal.company_id]))

    form = response.context["form"]
    assert (form["deal"].value(), form["person"].value()) == (deal.pk, person.pk)
