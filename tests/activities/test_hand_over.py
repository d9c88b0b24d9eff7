"""Everything a leaving colleague owns goes to another, as one step."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.errors import LastAdmin
from accounts.models import Cover
from activities.actions import About, NextStep, finish_follow_up, plan_follow_up
from activities.errors import SuccessorUnfit
from activities.handover import belongings, hand_over
from activities.models import FollowUp
from contacts.models import Company, Person
from core.models import Event
from pipeline.actions import add_member
from pipeline.models import Deal, StageChange
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory, PersonFactory, UserFactory, won

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)


def plan(deal, text="Zum Angebot nachfassen", on=TOMORROW):
    return plan_follow_up(About(deal=deal), NextStep(on=on, text=text), actor=deal.owner)


def give(people, **options):
    return hand_over(people.owner, people.colleague, actor=people.admin, **options)


def test_deals_companies_persons_and_open_follow_ups_change_hands(people):
    deal = DealFactory(owner=people.owner)
    CompanyFactory(owner=people.owner)
    PersonFactory(owner=people.owner)
    plan(deal)

    given = give(people)

    assert (given.deals, given.companies, given.persons, given.follow_ups) == (1, 1, 1, 1)
    for model in (Deal, Company, Person, FollowUp):
        assert set(model.objects.exclude(owner=None).values_list("owner", flat=True)) == {people.colleague.pk}
    assert belongings(people.owner).is_empty


def test_what_was_achieved_stays_credited_to_the_leaver(people):
    deal = won(DealFactory(owner=people.owner))
    before = list(StageChange.objects.order_by("pk").values())

    give(people)

    assert list(StageChange.objects.order_by("pk").values()) == before
    assert list(deal.changes.order_by("seq").values_list("owner", flat=True)) == [
        people.owner.pk,
        people.colleague.pk,
    ]


def test_next_steps_of_deals_stay(people):
    deal = DealFactory(owner=people.owner)
    plan(deal)

    give(people)

    deal.refresh_from_db()
    assert (deal.next_step, deal.next_step_on) == ("Zum Angebot nachfassen", TOMORROW)


def test_what_was_done_stays_with_whom_it_was(people):
    done = plan(DealFactory(owner=people.owner))
    finish_follow_up(done, actor=people.owner)

    give(people)

    done.refresh_from_db()
    assert (done.owner, done.done_by) == (people.owner, people.owner)


def test_the_successor_helps_in_the_leavers_place_but_not_on_own_deals(people):
    of_stranger, of_successor = DealFactory(owner=people.stranger), DealFactory(owner=people.colleague)
    add_member(of_stranger, people.owner, actor=people.admin)
    add_member(of_successor, people.owner, actor=people.admin)

    give(people)

    assert [member.user for member in of_stranger.members.all()] == [people.colleague]
    assert not of_successor.members.exists()


def test_absences_end_and_promised_stand_ins_are_taken_over(people):
    today = timezone.localdate()
    for owner, stand_in in ((people.owner, people.stranger), (people.stranger, people.owner)):
        Cover.objects.create(owner=owner, stand_in=stand_in, starts_on=today, ends_on=TOMORROW)

    given = give(people)

    assert given.covers == 2
    assert list(Cover.objects.running().values_list("owner", "stand_in")) == [
        (people.stranger.pk, people.colleague.pk)
    ]


def test_teams_go_to_a_manager_and_to_nobody_else(people):
    kept = hand_over(people.manager, people.colleague, actor=people.admin)
    team = people.manager.led_teams.get()

    given = hand_over(people.manager, people.other_manager, actor=people.admin)

    assert (kept.teams, given.teams) == (0, 1)
    assert set(team.managers.all()) == {people.other_manager}


def test_one_event_tells_of_it_and_a_second_hand_over_gives_nothing(people):
    DealFactory(owner=people.owner)

    give(people)
    again = give(people)

    event = Event.objects.get(kind="user.handed_over")
    assert (event.subject_id, event.payload["to"]) == (people.owner.pk, people.colleague.pk)
    assert event.payload["deals"] == 1
    assert again.is_empty


def test_the_leaver_can_be_deactivated_in_the_same_step(people):
    give(people, deactivate=True)

    people.owner.refresh_from_db()
    assert not people.owner.is_active


def test_nothing_changes_hands_when_the_deactivation_is_refused(people):
    deal = DealFactory(owner=people.admin)

    with pytest.raises(LastAdmin):
        hand_over(people.admin, people.colleague, actor=None, deactivate=True)

    deal.refresh_from_db()
    assert deal.owner == people.admin


@pytest.mark.parametrize("successor", ["owner", "deactivated"])
def test_it_takes_someone_else_who_can_log_in(people, successor):
    with pytest.raises(SuccessorUnfit):
        hand_over(people.owner, getattr(people, successor), actor=people.admin)


def test_it_takes_as_many_queries_for_many_deals_as_for_few(people, count_queries):
    other = UserFactory(team=people.owner.team)
    DealFactory(owner=people.owner)
    for _ in range(12):
        DealFactory(owner=other)

    with count_queries() as few:
        hand_over(people.owner, people.colleague, actor=people.admin)
    with count_queries() as many:
        hand_over(other, people.colleague, actor=people.admin)

    assert len(many) == len(few)


def test_an_admin_does_it_on_a_page_that_shows_how_much_there_is(client, people):
    DealFactory.create_batch(3, owner=people.owner)
    log_in(client, people, "admin")
    url = reverse("activities:hand_over", args=[people.owner.pk])

    page = client.get(url)
    answer = client.post(url, {"successor": people.colleague.pk, "deactivate": "on"})

    people.owner.refresh_from_db()
    assert page.context["belongings"].deals == 3
    assert answer["Location"] == reverse("admin:accounts_user_change", args=[people.owner.pk])
    assert Deal.objects.filter(owner=people.colleague).count() == 3
    assert not people.owner.is_active


def test_a_successor_who_cannot_log_in_is_no_choice(client, people):
    log_in(client, people, "admin")

    answer = client.post(
        reverse("activities:hand_over", args=[people.owner.pk]), {"successor": people.deactivated.pk}
    )

    assert answer.status_code == 422


@pytest.mark.parametrize(("who", "status"), [("owner", 403), ("manager", 403), ("admin", 200)])
def test_only_admins_come_to_the_page(client, people, who, status):
    log_in(client, people, who)

    assert client.get(reverse("activities:hand_over", args=[people.owner.pk])).status_code == status
