"""Heute: everything due for a user and those they stand in for."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Cover
from activities.actions import About, Meeting, NextStep, agree_appointment, plan_follow_up
from activities.today import read_today
from core.pagination import PAGE_SIZE
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory, FollowUpFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


def test_overdue_comes_before_today_and_tomorrow_is_not_there():
    user = UserFactory()
    FollowUpFactory(owner=user, due_on=day(0), text="heute")
    FollowUpFactory(owner=user, due_on=day(-3), text="überfällig")
    FollowUpFactory(owner=user, due_on=day(1), text="morgen")

    today = read_today(user)

    assert [row.text for row in today.late] == ["überfällig"]
    assert [row.text for row in today.due] == ["heute"]
    assert [row.text for ahead in today.week for row in ahead.rows] == ["morgen"]


def test_on_one_day_what_has_a_time_comes_first():
    user = UserFactory()
    FollowUpFactory(owner=user, text="irgendwann")
    FollowUpFactory(owner=user, text="um neun", due_time=time(9))

    assert [row.text for row in read_today(user).due] == ["um neun", "irgendwann"]


def test_the_stand_in_finds_what_is_due_for_the_absent():
    absent, stand_in = UserFactory(), UserFactory()
    FollowUpFactory(owner=absent, text="vertreten")
    Cover.objects.create(owner=absent, stand_in=stand_in, starts_on=day(-1), ends_on=day(1))

    assert [row.text for row in read_today(stand_in).due] == ["vertreten"]


def test_the_stand_in_reads_for_whom(client):
    absent, stand_in = UserFactory(first_name="Ada", last_name="Fort"), UserFactory()
    FollowUpFactory(owner=absent)
    FollowUpFactory(owner=stand_in)
    DealFactory(owner=absent)
    Cover.objects.create(owner=absent, stand_in=stand_in, starts_on=day(-1), ends_on=day(1))
    client.force_login(stand_in)

    page = client.get(reverse("activities:today")).content.decode()

    assert page.count("für Ada Fort") == 2


def test_what_belongs_to_others_is_not_there():
    FollowUpFactory()

    assert read_today(UserFactory()).is_empty


def test_an_appointment_stands_there_once_until_it_is_told_what_became_of_it():
    deal = DealFactory()
    begins = timezone.now() - timedelta(days=2)
    appointment = agree_appointment(About(deal=deal), Meeting(begins=begins), actor=deal.owner)

    today = read_today(deal.owner)

    assert today.appointments == [appointment]
    assert today.follow_ups.rows == []


def test_open_deals_without_a_next_step_stand_below():
    planned = DealFactory()
    planless = DealFactory(owner=planned.owner)
    plan_follow_up(About(deal=planned), NextStep(on=day(5)), actor=planned.owner)

    today = read_today(planned.owner)

    assert (today.deals, today.deal_count) == ([planless], 1)


def test_more_than_a_page_goes_on_with_the_next_page():
    user, company = UserFactory(), CompanyFactory()
    for number in range(PAGE_SIZE + 3):
        FollowUpFactory(owner=user, company=company, due_on=day(-number - 1))

    first = read_today(user)
    second = read_today(user, cursor=first.follow_ups.next_cursor)

    assert (len(first.late), first.late_count) == (PAGE_SIZE, PAGE_SIZE + 3)
    assert (len(second.late), second.deals, second.appointments) == (3, [], [])


def test_the_page_asks_no_more_for_twenty_rows_than_for_two(client, count_queries):
    counts = []

    for rows in (2, 20):
        user = UserFactory()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for _row in range(rows):
            FollowUpFactory(owner=user, person=PersonFactory())
            FollowUpFactory(owner=user, due_on=day(2), person=PersonFactory())
            deal = DealFactory(owner=user, person=PersonFactory())
            agree_appointment(About(deal=deal), Meeting(begins=timezone.now()), actor=user)
            DealFactory(owner=user)
        with count_queries() as counted:
            client.get(reverse("activities:today"))
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_a_fragment_is_answered_with_the_list_alone(client, people):
    log_in(client, people, "owner")

    response = client.get(reverse("activities:today"), headers={"HX-Request": "true"})

    assert response.templates[0].name == "activities/_today.html"
