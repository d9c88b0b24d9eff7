"""Deals written with their whole past at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from contacts.models import BuyingRole
from pipeline.backfill import DealStory, write_stories
from pipeline.models import Criterion, Deal, LossReason, Origin, Outcome, Stage, StageChange
from pipeline.new_customers import mark_new_customers
from tests.factories import CompanyFactory, DealFactory, PersonFactory, UserFactory, won

pytestmark = pytest.mark.django_db
START = datetime(2025, 3, 3, 9, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


@pytest.fixture
def owner():
    return UserFactory()


def begin(owner, company=None) -> DealStory:
    deal = Deal(title="Alt", owner=owner, company=company or CompanyFactory(), value=1000)
    return DealStory(deal, at=day(0))


def write(*stories: DealStory) -> None:
    mark_new_customers([story.deal for story in stories])
    write_stories(stories)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def steps(story: DealStory) -> list[tuple[int | None, int, str]]:
    return list(story.deal.stage_changes.values_list("from_stage", "to_stage", "to_outcome"))


def test_a_told_deal_has_the_same_rows_as_one_that_was_moved(owner):
    story = begin(owner)
    story.enter(Stage.KONTAKT, at=day(3))
    story.enter(Stage.AKQUISE, at=day(4))
    story.win(at=day(9))

    write(story)

    deal = Deal.objects.get()
    assert steps(story) == [(None, 1, "open"), (1, 2, "open"), (2, 1, "open"), (1, 5, "open"), (5, 5, "won")]
    assert (deal.outcome, deal.closed_at, deal.won_value, deal.stage_since) == ("won", day(9), 1000, day(9))
    assert deal.accepted_directly


def test_every_row_was_recorded_when_it_happened(owner):
    story = begin(owner)

    write(story)

    step, facts = story.deal.stage_changes.get(), story.deal.changes.get()
    assert (step.at, step.recorded_at, facts.at, facts.recorded_at) == (START, START, START, START)


def test_a_lost_deal_can_come_back(owner):
    story = begin(owner)
    story.lose(LossReason.objects.get(code="price"), at=day(2))
    story.reopen(at=day(40))

    write(story)

    deal = Deal.objects.get()
    assert (deal.outcome, deal.loss_reason, deal.closed_at) == (Outcome.OPEN, None, None)
    assert deal.stage_changes.get(to_outcome="lost").loss_reason.code == "price"


def test_a_slip_that_was_undone_never_happened(owner):
    story = begin(owner)
    story.enter(Stage.VERHANDLUNG, at=day(1))
    story.undo_move(at=day(1) + timedelta(minutes=1))
    story.win(at=day(5))

    write(story)

    effective = StageChange.objects.effective().order_by("seq").values_list("to_stage", flat=True)
    assert list(effective) == [1, 5, 5]
    assert Deal.objects.get().accepted_directly


def test_owner_and_value_are_those_of_the_moment(owner):
    successor = UserFactory()
    story = begin(owner)
    story.revise(at=day(2), owner=successor, value=1500)
    story.enter(Stage.KONTAKT, at=day(3))

    write(story)

    assert list(story.deal.stage_changes.values_list("owner", "team", "value")) == [
        (owner.pk, owner.team_id, 1000),
        (successor.pk, successor.team_id, 1500),
    ]
    assert list(story.deal.changes.values_list("owner", "value")) == [
        (owner.pk, 1000),
        (successor.pk, 1500),
    ]


def test_the_first_win_by_moment_makes_the_new_customer(owner):
    company = CompanyFactory()
    late, early = begin(owner, company), begin(owner, company)
    late.win(at=day(20))
    early.win(at=day(10))

    write(late, early)

    assert (early.deal.is_new_customer, late.deal.is_new_customer) == (True, False)


def test_wins_at_the_same_moment_make_one_new_customer(owner):
    company = CompanyFactory()
    stories = [begin(owner, company), begin(owner, company)]
    for story in stories:
        story.win(at=day(10))

    write(*stories)

    assert Deal.objects.filter(is_new_customer=True).count() == 1


def test_who_bought_before_the_told_past_is_a_repeat_customer_and_stays_as_known(owner):
    company = CompanyFactory()
    known = won(DealFactory(company=company))
    before, after = begin(owner, company), begin(owner, company)
    before.win(at=day(1))
    after.win(at=known.closed_at + timedelta(days=1))

    write(before, after)

    known.refresh_from_db()
    assert (before.deal.is_new_customer, after.deal.is_new_customer) == (True, False)
    assert known.is_new_customer


def test_an_imported_story_says_when_it_was_learned_of(owner):
    learned_at = day(400)
    deal = Deal(title="Alt", owner=owner, company=CompanyFactory(), value=1000)
    story = DealStory(deal, at=day(0), origin=Origin.IMPORT, recorded_at=learned_at)
    story.enter(Stage.KONTAKT, at=day(3))

    write(story)

    rows = [*story.deal.stage_changes.all(), *story.deal.changes.all()]
    assert {row.recorded_at for row in rows} == {learned_at}
    assert [row.at for row in story.deal.stage_changes.all()] == [day(0), day(3)]
    assert {row.origin for row in story.deal.stage_changes.all()} == {Origin.IMPORT}


def test_people_helpers_and_criteria_are_written_too(owner):
    person, helper = PersonFactory(), UserFactory()
    story = begin(owner)
    story.name_person(person, BuyingRole.DECISION_MAKER)
    story.add_member(helper)
    story.meet(Criterion.objects.get(code=Criterion.DECISION_MAKER_KNOWN), at=day(1), evidence="note")

    write(story)

    deal = Deal.objects.get()
    assert [named.person for named in deal.people.all()] == [person]
    assert [member.user for member in deal.members.all()] == [helper]
    assert deal.criteria_met.get().at == day(1)


def test_many_deals_take_no_more_statements_than_few(owner, count_queries):
    companies = CompanyFactory.create_batch(31)

    with count_queries() as few:
        write_stories([begin(owner, companies[0])])
    with count_queries() as many:
        write_stories([begin(owner, company) for company in companies[1:]])

    assert len(many) == len(few)
