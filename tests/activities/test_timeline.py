"""The contact history of a deal, a company and a person."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import About, Meeting, NextStep, agree_appointment, finish_follow_up, plan_follow_up
from activities.subjects import COMPANY, DEAL, PERSON, get_subject
from activities.timeline import PAGE_SIZE, read_timeline
from offers.models import Order
from pipeline.actions import move_deal, undo_move
from pipeline.models import Stage
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    DealFactory,
    EmploymentFactory,
    OrderFactory,
    PersonFactory,
    UserFactory,
    lost,
)

pytestmark = pytest.mark.django_db


def timeline(user, row, kind=DEAL, **options):
    return read_timeline(get_subject(user, kind, row.pk), user, **options)


def ago(hours):
    return timezone.now() - timedelta(hours=hours)


def notes(page):
    return [entry.row.text for entry in page.entries if entry.template.endswith("_entry_activity.html")]


def test_everything_of_a_deal_stands_in_one_row_newest_first():
    deal = DealFactory(at=ago(9))
    ActivityFactory(deal=deal, company=deal.company, at=ago(5), text="älter")
    ActivityFactory(deal=deal, company=deal.company, at=ago(1), text="neuer")
    finish_follow_up(
        plan_follow_up(About(deal=deal), NextStep(on=timezone.localdate()), actor=deal.owner),
        actor=deal.owner,
    )

    entries = timeline(deal.owner, deal).entries

    assert [type(entry.row).__name__ for entry in entries] == [
        "FollowUp",
        "Activity",
        "Activity",
        "StageChange",
    ]
    assert [entry.row.text for entry in entries[1:3]] == ["neuer", "älter"]


def test_steps_are_told_in_sentences_and_undone_ones_left_out():
    deal = DealFactory(at=ago(9))
    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=deal.owner, confirmed=True)
    undo_move(deal, seen_seq=2, actor=deal.owner)
    deal.refresh_from_db()
    lost(deal)

    entries = timeline(deal.owner, deal).entries

    assert [entry.text for entry in entries] == ["Verloren in „Akquise“: Preis", "Begonnen in „Akquise“"]


def test_a_company_shows_what_hangs_on_its_people_and_deals():
    employment = EmploymentFactory()
    company, user = employment.company, UserFactory()
    deal = DealFactory(company=company)
    agree_appointment(About(person=employment.person), Meeting(begins=timezone.now()), actor=user)
    agree_appointment(About(deal=deal), Meeting(begins=timezone.now()), actor=user)

    entries = timeline(user, company, COMPANY).entries

    assert sum(entry.template.endswith("_entry_activity.html") for entry in entries) == 2


def test_a_person_shows_the_steps_of_the_deals_they_are_named_in():
    deal = DealFactory(company=None, person=PersonFactory())

    entries = timeline(deal.owner, deal.person, PERSON).entries

    assert [entry.row.deal for entry in entries] == [deal]


def test_one_kind_can_be_asked_for():
    deal = DealFactory()
    ActivityFactory(deal=deal, text="eine Notiz")
    agree_appointment(About(deal=deal), Meeting(begins=timezone.now()), actor=deal.owner)
    subject = get_subject(deal.owner, DEAL, deal.pk)

    page = read_timeline(subject, deal.owner, kind="note")

    assert notes(page) == ["eine Notiz"]
    assert len(page.entries) == 1


def test_older_entries_follow_without_gap_or_double_also_at_equal_moments():
    company, user, moment = CompanyFactory(), UserFactory(), ago(1)
    for number in range(PAGE_SIZE + 7):
        ActivityFactory(company=company, at=moment, text=str(number))
    subject = get_subject(user, COMPANY, company.pk)

    first = read_timeline(subject, user)
    second = read_timeline(subject, user, cursor=first.next_cursor)

    assert sorted(map(int, notes(first) + notes(second))) == list(range(PAGE_SIZE + 7))
    assert second.next_cursor == ""


def test_a_cursor_that_nobody_wrote_shows_the_first_page():
    note = ActivityFactory()
    subject = get_subject(note.author, COMPANY, note.company_id)

    page = read_timeline(subject, note.author, cursor="ausgedacht")

    assert notes(page) == ["Notiz"]


def test_what_is_tied_to_an_invisible_deal_is_not_on_the_company(people, settings):
    settings.DEAL_VISIBILITY = "own"
    deal = DealFactory(owner=people.owner)
    ActivityFactory(deal=deal, company=deal.company, text="vertraulich")
    ActivityFactory(company=deal.company, text="offen")

    entries = timeline(people.stranger, deal.company, COMPANY).entries

    assert [entry.row.text for entry in entries] == ["offen"]


def test_the_panel_asks_no_more_for_twenty_rows_than_for_two(client, count_queries):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    counts = []

    for rows in (2, 18):
        company = CompanyFactory()
        for _row in range(rows):
            deal = DealFactory(company=company)
            ActivityFactory(deal=deal, company=company, person=PersonFactory())
            plan_follow_up(
                About(deal=deal, person=PersonFactory()), NextStep(on=timezone.localdate()), actor=user
            )
            agree_appointment(About(deal=deal), Meeting(begins=timezone.now()), actor=user)
        with count_queries() as counted:
            client.get(reverse("activities:company_panel", args=[company.pk]))
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_orders_stand_on_the_timeline_of_whom_they_are_of_by_their_own_right(settings, people):
    job = EmploymentFactory()
    deal = DealFactory(owner=people.owner, company=job.company)
    order = OrderFactory(deal=deal, owner=people.owner, number="A-7")
    Order.objects.update(person=job.person)

    pages = [
        read_timeline(get_subject(people.owner, kind, row.pk), people.owner, kind="order")
        for row, kind in ((deal, DEAL), (job.company, COMPANY), (job.person, PERSON))
    ]
    settings.DEAL_VISIBILITY = "own"
    hidden = read_timeline(get_subject(people.stranger, COMPANY, job.company.pk), people.stranger)

    assert [[entry.row for entry in page.entries] for page in pages] == [[order]] * 3
    assert order not in [entry.row for entry in hidden.entries]


def test_orders_are_paged_with_the_rest():
    company, user = CompanyFactory(), UserFactory()
    today = timezone.localdate()
    for days in range(PAGE_SIZE + 5):
        OrderFactory(company=company, owner=user, ordered_on=today - timedelta(days=days // 2))
        ActivityFactory(company=company, at=ago(12 * days))

    seen, cursor = [], ""
    while page := timeline(user, company, COMPANY, cursor=cursor):
        seen += page.entries
        if not (cursor := page.next_cursor):
            break

    assert len({(type(entry.row), entry.row.pk) for entry in seen}) == len(seen) == 2 * (PAGE_SIZE + 5)
    assert [entry.at for entry in seen] == sorted((entry.at for entry in seen), reverse=True)
