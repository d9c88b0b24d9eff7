"""What was reached in a month: counted by hand, refreshed step by step, checked at night."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activities.actions import About, Meeting, agree_appointment, cancel_appointment, hold_appointment
from activities.models import Activity
from core.models import Delivery
from pipeline.actions import move_deal
from pipeline.backfill import DealStory
from pipeline.models import Deal, Stage
from planning.models import Line, Measure
from reporting import actions
from reporting.models import AppointmentMark, MonthActual, Rebuild, StageEntry
from reporting.periods import day_start
from reporting.tasks import recount_appointments
from tests.conftest import log_in
from tests.factories import ActivityFactory, CompanyFactory, DealFactory, UserFactory, lost, won
from tests.reporting.world import days_ago, random_stories, tell, write

REVENUE = Line(Measure.REVENUE, currency="EUR")
WON = Line(Measure.WON)
OFFERS = Line(Measure.OFFERS)
APPOINTMENTS = Line(Measure.APPOINTMENTS)


def entries(stage: int) -> Line:
    return Line(Measure.ENTRIES, stage=stage)


def reached(line: Line, month: date, **scope: object) -> tuple[Decimal, int] | None:
    keys = {"rep": None, "team": None, **scope}
    row = MonthActual.objects.filter(
        month=month, measure=line.measure, stage=line.stage, currency=line.currency, **keys
    ).first()
    return (row.amount, row.people) if row else None


def computed(*stories) -> list[Deal]:
    deals = write(*stories)
    actions.mark_all_stale()
    actions.refresh_stale()
    return deals


def ago(year: int, month: int, day: int, hour: int = 12) -> float:
    """How many days ago a moment of Berlin was."""
    moment = day_start(date(year, month, day)) + timedelta(hours=hour)
    return (timezone.now() - moment) / timedelta(days=1)


MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


def test_a_month_is_counted_by_hand(people):
    """Two wins in May, one of them a colleague's; an offer in May that is won in June; one entry is lost.

    The win straight from Angebot answers an offer, too.
    """
    computed(
        tell(people.owner, (ago(2025, 5, 20), "won"), opened=ago(2025, 5, 2), stage=3, value=4000),
        tell(people.colleague, (ago(2025, 5, 31, 23), "won"), opened=ago(2025, 5, 2), stage=5, value=700),
        tell(
            people.owner,
            (ago(2025, 5, 12), "offer"),
            (ago(2025, 6, 1, 1), "won"),
            opened=ago(2025, 4, 30),
            stage=3,
            value=50,
        ),
        tell(people.stranger, (ago(2025, 5, 9), "price"), opened=ago(2025, 5, 3), stage=3),
    )
    team = people.owner.team

    assert reached(WON, MAY) == reached(WON, MAY, team=team) == (2, 2)
    assert reached(WON, MAY, rep=people.owner) == (1, 1)
    assert reached(REVENUE, MAY) == (4700, 2)
    assert reached(REVENUE, MAY, rep=people.colleague) == (700, 1)
    assert reached(WON, JUNE, team=team) == (1, 1)
    assert reached(REVENUE, JUNE) == (50, 1)
    assert reached(OFFERS, MAY, rep=people.owner) == (2, 1)
    assert reached(OFFERS, JUNE) is None
    assert reached(entries(3), MAY) == (2, 2)
    assert reached(entries(3), MAY, team=people.stranger.team) == (1, 1)
    assert reached(entries(3), date(2025, 4, 1)) == (1, 1)
    assert reached(entries(1), MAY) is None


def test_a_win_counts_for_who_won_it_and_an_entry_for_who_entered_it(people):
    computed(
        tell(
            people.owner,
            (ago(2025, 5, 10), people.stranger),
            (ago(2025, 5, 20), "won"),
            opened=ago(2025, 5, 2),
            stage=5,
        )
    )

    assert reached(entries(5), MAY, rep=people.owner) == (1, 1)
    assert reached(WON, MAY, rep=people.owner) is None
    assert reached(WON, MAY, team=people.stranger.team) == (1, 1)


def _in_francs(owner: User) -> DealStory:
    deal = Deal(title="Wartung", company=CompanyFactory(), owner=owner, value=Decimal(1000), currency="CHF")
    return DealStory(deal, at=day_start(MAY), stage=Stage.ABSCHLUSS, actor=owner)


def test_currencies_are_never_added_up(people):
    euros, francs = tell(people.owner, opened=ago(2025, 5, 1), stage=5), _in_francs(people.owner)
    for story in (euros, francs):
        story.win(at=day_start(MAY) + timedelta(days=3))
    computed(euros, francs)

    assert reached(WON, MAY, rep=people.owner) == (2, 1)
    assert reached(REVENUE, MAY, rep=people.owner) == (1000, 1)
    assert reached(Line(Measure.REVENUE, currency="CHF"), MAY, rep=people.owner) == (1000, 1)


def test_a_move_counts_its_month_again_and_no_other(people):
    computed(tell(people.owner, opened=ago(2025, 5, 2)))
    deal = DealFactory(owner=people.owner)
    before = MonthActual.objects.get(month=MAY, rep=people.owner).as_of
    this_month = timezone.localdate().replace(day=1)

    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)
    actions.mark_deal_stale(deal.pk)
    actions.refresh_stale()

    assert reached(entries(2), this_month, rep=people.owner) == (1, 1)
    assert MonthActual.objects.get(month=MAY, rep=people.owner).as_of == before


def test_a_voided_deal_leaves_nothing(people):
    (deal,) = computed(tell(people.owner, (20, "won"), opened=40, stage=5))

    Deal.objects.filter(pk=deal.pk).update(voided_at=timezone.now())
    actions.mark_deal_stale(deal.pk)
    actions.refresh_stale()

    assert not MonthActual.objects.exists()


def appointment(author: User, at: datetime, deal: Deal | None = None) -> Activity:
    deal = deal or DealFactory(owner=author)
    return agree_appointment(About(deal=deal), Meeting(begins=at), actor=author)


def hear() -> None:
    """Do what a worker does for the events on their way."""
    task = f"{recount_appointments.name}"
    for delivery in Delivery.objects.filter(task=task, done_at=None):
        recount_appointments(delivery.pk)
    actions.refresh_stale()


def test_an_appointment_counts_when_it_was_held_in_the_month_it_took_place(people):
    last_month = timezone.localdate().replace(day=1) - timedelta(days=10)
    month = last_month.replace(day=1)
    held, _agreed = (appointment(people.owner, day_start(last_month)) for _ in range(2))
    hear()
    assert reached(APPOINTMENTS, month) is None

    hold_appointment(held, text="gut", seen_version=held.version, actor=people.owner)
    hear()

    assert reached(APPOINTMENTS, month) == reached(APPOINTMENTS, month, rep=people.owner) == (1, 1)
    assert reached(APPOINTMENTS, month, team=people.owner.team) == (1, 1)
    assert not AppointmentMark.objects.exists()


def test_the_appointments_of_a_month_open_as_a_list_that_asks_as_often_for_many(
    client, people, count_queries
):
    log_in(client, people, "manager")
    month = days_ago(0).date().replace(day=1) - timedelta(days=1)
    query = {"of": f"team-{people.owner.team_id}", "period": f"{month:%Y-%m}", "what": "appointments"}

    def shown(count: int) -> tuple[int, int]:
        deals = DealFactory.create_batch(count, owner=people.owner)
        for deal in deals:
            held = {"kind": "appointment", "status": "held", "at": day_start(month)}
            ActivityFactory(author=people.owner, deal=deal, **held)
        with count_queries() as counted:
            answer = client.get(reverse("reporting:activities"), query)
        return answer.context["behind"].counted, len(counted)

    shown(1)
    _two, few = shown(1)
    twenty, many = shown(18)

    assert (twenty, many) == (20, few)


def test_a_cancelled_appointment_does_not_count(people):
    cancelled = appointment(people.owner, days_ago(3))
    cancel_appointment(cancelled, actor=people.owner)
    hear()

    assert not MonthActual.objects.filter(measure=Measure.APPOINTMENTS).exists()


def test_an_appointment_counts_for_the_team_of_that_day(people):
    with time_machine.travel(days_ago(40)):
        held = appointment(people.owner, timezone.now())
        hold_appointment(held, text="gut", seen_version=held.version, actor=people.owner)
        month = timezone.localdate().replace(day=1)
    north = people.owner.team
    # The audit is written by the database, whose clock no test moves: the change of team is now.
    people.owner.team = people.stranger.team
    people.owner.save()
    hear()

    assert reached(APPOINTMENTS, month, team=north) == (1, 1)
    assert reached(APPOINTMENTS, month, team=people.stranger.team) is None
    assert reached(APPOINTMENTS, month, rep=people.owner) == (1, 1)


@pytest.mark.parametrize("seed", [1, 2])
def test_counting_step_by_step_gives_what_counting_everything_gives(people, seed):
    owners = [people.owner, people.colleague, people.stranger, UserFactory(team=people.stranger.team)]
    computed(*random_stories(owners, 80, seed))
    chance = random.Random(seed)
    for story in random_stories(owners, 20, seed + 100, days=60):
        for deal in write(story):
            actions.mark_deal_stale(deal.pk)
        actions.refresh_stale()
    for deal in chance.sample(list(Deal.objects.open()), 20):
        chance.choice([won, lost])(deal)
        actions.mark_deal_stale(deal.pk)
        actions.refresh_stale()
    Delivery.objects.update(done_at=timezone.now())

    rebuilt = actions.rebuild_figures(Rebuild.Reason.NIGHT)

    assert (rebuilt.difference_count, rebuilt.differences) == (0, [])
    assert MonthActual.objects.filter(measure=Measure.REVENUE).count() > 30


def test_the_night_finds_an_actual_that_is_wrong(people):
    computed(tell(people.owner, (20, "won"), opened=40, stage=5))
    MonthActual.objects.filter(measure=Measure.WON, rep=people.owner).update(amount=7)

    rebuilt = actions.rebuild_figures(Rebuild.Reason.NIGHT)

    (difference,) = rebuilt.differences
    assert (difference["line"], difference["rep"], difference["team"]) == ("won", people.owner.pk, None)
    assert MonthActual.objects.get(measure=Measure.WON, rep=people.owner).amount == 1


def test_the_night_excuses_what_is_on_its_way(people):
    (deal,) = computed(tell(people.owner, opened=40))
    MonthActual.objects.all().update(amount=7)
    actions.mark_deal_stale(deal.pk)

    assert actions.rebuild_figures(Rebuild.Reason.NIGHT).difference_count == 0
    assert set(MonthActual.objects.values_list("amount", flat=True)) == {StageEntry.objects.count()}
