"""Appointments in calendars: files, feeds, the week with its clashes, customers near a visit."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from activities.actions import (
    About,
    Guests,
    Meeting,
    NextStep,
    agree_appointment,
    cancel_appointment,
    make_key,
    plan_follow_up,
    revoke_key,
    use_key,
)
from activities.actions.access_keys import MOST_KEYS, MOST_PER_MINUTE
from activities.clashes import clashing
from activities.errors import TooManyKeys, UsedTooOften
from activities.models import AccessKey
from activities.week import monday_of, read_week
from contacts.models import Address
from core.models import Event
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory, UserFactory

pytestmark = pytest.mark.django_db
CALENDAR = AccessKey.Purpose.CALENDAR


def at(hour, minute=0, day=0):
    on = timezone.localdate() + timedelta(days=day)
    return timezone.make_aware(datetime.combine(on, time(hour, minute)))


def meet(user, begins, ends=None, **more):
    about = About(company=CompanyFactory(name=more.pop("company", "Möller, Söhne & Co.")))
    return agree_appointment(about, Meeting(begins=begins, ends=ends, **more), actor=user)


def test_an_appointment_is_a_calendar_file(client, people):
    log_in(client, people, "owner")
    appointment = meet(people.owner, at(9), place="Kai 1; Kiel", text="Zeile eins\nZeile zwei")

    response = client.get(reverse("activities:appointment_file", args=[appointment.pk]))

    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert response["Content-Type"].startswith("text/calendar")
    assert "Möller, Söhne & Co." in event["SUMMARY"]
    assert event["LOCATION"] == "Kai 1; Kiel"
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=1)


def test_a_feed_holds_what_its_owner_goes_to_and_nothing_else(client):
    user, colleague = UserFactory(), UserFactory()
    own = meet(user, at(9), company="Eigene GmbH")
    meet(colleague, at(11), company="Mitgenommene GmbH", guests=Guests(colleagues=(user,)))
    meet(colleague, at(13), company="Fremde GmbH")
    cancel_appointment(own, actor=user)
    _key, token = make_key(CALENDAR, actor=user)

    response = client.get(reverse("activities:calendar_feed", args=[token]))

    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert [str(event["STATUS"]) for event in events] == ["CANCELLED", "CONFIRMED"]
    assert "Fremde" not in response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_what_may_not_be_seen_is_in_no_feed(client, people, settings):
    deal = DealFactory(owner=people.owner)
    guests = Guests(colleagues=(people.stranger,))
    agree_appointment(About(deal=deal), Meeting(begins=at(9), guests=guests), actor=people.owner)
    _key, token = make_key(CALENDAR, actor=people.stranger)
    settings.DEAL_VISIBILITY = "own"

    response = client.get(reverse("activities:calendar_feed", args=[token]))

    assert Calendar.from_ical(response.content).walk("VEVENT") == []


def test_only_the_hash_of_a_key_is_kept_and_a_revoked_one_opens_nothing():
    user = UserFactory()
    key, token = make_key(CALENDAR, actor=user)

    opened = use_key(token, CALENDAR), use_key(token, AccessKey.Purpose.TELEPHONE), use_key("", CALENDAR)
    revoke_key(key, actor=user)

    assert opened == (user, None, None)
    assert token not in key.digest
    assert use_key(token, CALENDAR) is None
    assert [event.kind for event in Event.objects.order_by("pk")] == ["access_key.made", "access_key.revoked"]


def test_who_leaves_has_no_feed_any_more(client):
    user = UserFactory()
    _key, token = make_key(CALENDAR, actor=user)
    user.is_active = False
    user.save()

    assert client.get(reverse("activities:calendar_feed", args=[token])).status_code == 404


def test_a_key_is_used_so_often_in_a_minute_and_then_again(client):
    key, token = make_key(CALENDAR, actor=UserFactory())
    AccessKey.objects.update(uses=MOST_PER_MINUTE - 1, minute_at=timezone.now())

    first = use_key(token, CALENDAR)
    with pytest.raises(UsedTooOften):
        use_key(token, CALENDAR)
    refused = client.get(reverse("activities:calendar_feed", args=[token])).status_code
    AccessKey.objects.update(minute_at=timezone.now() - timedelta(minutes=2))

    assert (first, refused) == (key.user, 429)
    assert use_key(token, CALENDAR) == key.user


def test_nobody_needs_more_than_five_keys():
    user = UserFactory()
    for _number in range(MOST_KEYS):
        make_key(CALENDAR, actor=user)

    with pytest.raises(TooManyKeys):
        make_key(CALENDAR, actor=user)


def test_the_week_shows_its_days_and_marks_what_overlaps():
    user = UserFactory()
    first = meet(user, at(9), at(10))
    second = meet(user, at(9, 30), at(11), company="Nachbar GmbH")
    after = meet(user, at(11), at(12), company="Danach GmbH")
    plan_follow_up(About(company=CompanyFactory()), NextStep(on=timezone.localdate()), actor=user)

    week = read_week(user, user, timezone.localdate())

    today = next(day for day in week.days if day.is_today)
    clashes = {slot.row: slot.clashes for slot in today.slots}
    assert (clashes[first], clashes[second], clashes[after]) == ([second], [first], [])
    assert len(today.slots) == 4
    assert week.clash_count == 2
    assert [clash.appointment for clash in clashing(first, user)] == [second]


def test_a_form_says_what_else_is_agreed_at_that_time_and_forbids_nothing(client, people):
    log_in(client, people, "owner")
    meet(people.owner, at(9), at(10), company="Schon verabredet GmbH")
    meet(people.colleague, at(10), company="Termin der Kollegin GmbH")
    meet(people.colleague, at(11), company="Später GmbH")
    customer = CompanyFactory()
    url = reverse("activities:appointment_clashes", args=["companies", customer.pk])
    typed = {"on": at(9).date(), "time": "09:30", "until": "10:30", "colleagues": [people.colleague.pk]}

    alone = client.get(url, {**typed, "colleagues": []}).content.decode()
    together = client.get(url, typed).content.decode()

    assert "Schon verabredet GmbH" in alone
    assert "Kollegin" not in alone
    assert "Schon verabredet GmbH" in together
    assert "Termin der Kollegin GmbH" in together
    assert "Später" not in together
    agree = reverse("activities:appointment_agree", args=["companies", customer.pk])
    said = client.post(agree, {**typed, "form_key": uuid4()}, follow=True).content.decode()
    assert "Zur selben Zeit: 09:00 Schon verabredet GmbH, 10:00 Termin der Kollegin GmbH." in said


def test_a_moved_appointment_does_not_clash_with_itself_and_half_typed_ones_with_nothing(client, people):
    log_in(client, people, "owner")
    appointment = meet(people.owner, at(9))
    url = reverse("activities:appointment_clashes", args=["companies", appointment.company_id])
    typed = {"on": at(9).date(), "time": "09:15"}

    for data in [
        {**typed, "moving": appointment.pk},
        {},
        {"on": "x", "time": "\0"},
        {**typed, "colleagues": "x"},
    ]:
        answer = client.get(url, data)
        assert (answer.status_code, b"hint" in answer.content) == (200, False)


def test_of_an_appointment_one_may_not_see_only_the_time_is_told(settings, people):
    settings.DEAL_VISIBILITY = "own"
    deal = DealFactory(owner=people.colleague)
    hidden = agree_appointment(About(deal=deal), Meeting(begins=at(9)), actor=people.colleague)
    own = meet(people.owner, at(9, 30), guests=Guests(colleagues=(people.colleague,)))

    (clash,) = clashing(own, people.owner)

    assert (clash.begins, clash.appointment, clash.who) == (hidden.at, None, [people.colleague])


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-13-45", "x", "", "\0"])
def test_a_week_far_away_or_none_at_all_is_no_error(client, people, day):
    log_in(client, people, "owner")

    assert client.get(reverse("activities:week"), {"day": day, "of": day}).status_code == 200


def test_a_week_begins_on_monday():
    assert monday_of(date(2026, 11, 29)) == date(2026, 11, 23)


def test_the_week_asks_no_more_for_twenty_appointments_than_for_two(client, people, count_queries):
    log_in(client, people, "owner")
    counts = []
    for rows in (2, 18):
        for _row in range(rows):
            meet(people.owner, at(9), at(10))
        with count_queries() as counted:
            client.get(reverse("activities:week"))
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_customers_near_a_visit_are_found_by_postal_code(client, people):
    log_in(client, people, "owner")
    for name, code in (("Nahe GmbH", "24105"), ("Ferne GmbH", "80331")):
        Address.objects.create(company=CompanyFactory(name=name), postal_code=code, city="Ort")
    appointment = meet(people.owner, at(9))
    Address.objects.create(company=appointment.company, postal_code="24103", city="Kiel")

    page = client.get(reverse("activities:appointment_nearby", args=[appointment.pk])).content.decode()

    assert "Nahe GmbH" in page
    assert "Ferne GmbH" not in page


def test_the_page_of_keys_lets_its_forms_say_where_they_come_from(client, people):
    """Under `no-referrer` a browser sends no origin, and the protection against forgery refuses the form."""
    log_in(client, people, "owner")

    made = client.post(reverse("activities:key_make"), {"purpose": "calendar"})

    assert made["Referrer-Policy"] == "same-origin"
    assert "/activities/calendar/" in made.content.decode()


def test_the_link_of_an_online_meeting_is_no_place_on_a_map(client, people):
    """A map would be told the address of a meeting."""
    log_in(client, people, "owner")
    meet(people.owner, at(9), place="https://treffen.example/x", is_online=True)
    meet(people.owner, at(11), place="javascript:alert(1)", is_online=True)

    for name in ("week", "today"):
        page = client.get(reverse(f"activities:{name}")).content.decode()
        assert 'href="https://treffen.example/x"' in page
        assert "openstreetmap" not in page
        assert 'href="javascript' not in page
