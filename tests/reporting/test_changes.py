"""What has changed between two moments: netted per deal, and to the cent."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from pipeline.actions import move_deal, undo_move
from pipeline.models import Deal, Stage
from reporting import change_histories
from reporting.change_histories import read_changes, sections_of
from reporting.changes import Kind, slipped_days
from reporting.waterfall import Waterfall, waterfalls
from tests.factories import DealFactory
from tests.reporting.world import days_ago, random_stories, tell, write

pytestmark = pytest.mark.django_db

WEEK = 7


def changed(since: float = WEEK, until: float | None = None):
    return read_changes(Deal.objects.current(), days_ago(since), None if until is None else days_ago(until))


def kinds(*stories, since: float = WEEK, until: float | None = None) -> list[set[str]]:
    """The kinds of each told deal, in order; an empty set for one that did not change."""
    deals = write(*stories)
    found = {change.deal_id: {kind.value for kind in change.kinds} for change in changed(since, until).rows}
    return [found.get(deal.pk, set()) for deal in deals]


def test_each_kind_of_change_is_told(people):
    rep = people.owner

    assert kinds(
        tell(rep, opened=3),
        tell(rep, (3, 3), opened=30, stage=1),
        tell(rep, (3, 1), opened=30, stage=2),
        tell(rep, (3, "won"), opened=30),
        tell(rep, (3, "price"), opened=30),
        tell(rep, (20, "price"), (3, "reopen"), opened=30),
        tell(rep, (3, people.colleague), opened=30),
        tell(rep, (20, 2), opened=30),
    ) == [{"new"}, {"forward"}, {"back"}, {"won"}, {"lost"}, {"reopened"}, {"owner"}, set()]


def test_there_and_back_is_no_change_and_three_steps_are_one(people):
    rep = people.owner

    assert kinds(
        tell(rep, (5, 3), (3, 1), opened=30, stage=1),
        tell(rep, (20, "won"), (5, "reopen"), (3, "won"), opened=30),
        tell(rep, (5, 4), (4, 1), (3, 3), opened=30, stage=2),
        tell(rep, (20, "price"), (5, "reopen"), (3, "won"), opened=30),
    ) == [set(), set(), {"forward"}, {"won", "reopened"}]


def test_a_deal_begun_and_won_in_the_week_is_both(people):
    assert kinds(tell(people.owner, (5, 3), (2, "won"), opened=6)) == [{"new", "won"}]


def test_only_what_lies_between_the_two_moments_counts(people):
    rep = people.owner

    assert kinds(
        tell(rep, (20, 2), (2, 3), opened=30),
        tell(rep, (9, 2), (2, 1), opened=30),
        tell(rep, opened=5),
        since=14,
        until=7,
    ) == [set(), {"forward"}, set()]


def test_a_misdrop_that_was_undone_never_happened(people):
    deal = DealFactory(owner=people.owner, at=days_ago(30))
    move_deal(deal, Stage.ANGEBOT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)
    assert [change.kinds for change in changed().rows] == [{Kind.FORWARD}]

    undo_move(deal, seen_seq=2, actor=people.owner)

    assert changed().rows == []


def test_an_undo_in_the_week_of_a_move_before_it_is_no_step_back(people):
    story = tell(people.owner, (7.001, 3), (6.999, "undo"), opened=30, stage=1)

    assert kinds(story) == [set()]


def test_the_expected_closing_slips_by_days(people):
    stories = [tell(people.owner, opened=30) for _ in range(4)]
    days = [(date(2026, 12, 1), date(2026, 12, 15)), (date(2026, 12, 1), date(2026, 11, 27)), (None, None)]
    days.append((None, date(2026, 12, 24)))
    for story, (before, after) in zip(stories, days, strict=True):
        story.revise(at=days_ago(20), expected_close_on=before)
        story.revise(at=days_ago(2), expected_close_on=after)
    deals = write(*stories)

    found = {change.deal_id: change for change in changed().rows}

    slipped = [slipped_days(found[deal.pk].start, found[deal.pk].end) for deal in deals if deal.pk in found]
    assert slipped == [14, -4, None]
    assert [found[deal.pk].kinds for deal in deals if deal.pk in found] == [{Kind.DATE}] * 3


def test_a_day_that_slipped_on_a_deal_that_was_won_is_no_news(people):
    story = tell(people.owner, opened=30)
    story.revise(at=days_ago(20), expected_close_on=date(2026, 12, 1))
    story.revise(at=days_ago(3), expected_close_on=date(2026, 12, 9))
    story.win(at=days_ago(2))

    assert kinds(story) == [{"won"}]


@pytest.fixture
def week(people):
    """A week of one rep, counted by hand: 6,500 open at its beginning, 9,699.50 at its end."""
    rep = people.owner
    stays, grows, shrinks, wins = (tell(rep, opened=30, value=value) for value in (1000, 2000, 1500, 1200))
    grows.revise(at=days_ago(3), value=Decimal(2700))
    shrinks.revise(at=days_ago(3), value=Decimal("1399.50"))
    wins.revise(at=days_ago(3), value=Decimal(1300))
    wins.win(at=days_ago(2))
    wins.revise(at=days_ago(1), value=Decimal(9999))
    write(
        stays,
        grows,
        shrinks,
        wins,
        tell(rep, (2, "price"), opened=30, value=800),
        tell(rep, opened=4, value=4000),
        tell(rep, (2, "won"), opened=5, value=300),
        tell(rep, (20, "price"), (2, "reopen"), opened=30, value=600),
        tell(rep, (20, "won"), opened=30, value=50_000),
    )
    return people


def test_the_waterfall_is_counted_by_hand_and_adds_up(week):
    (fall,) = changed().waterfalls

    assert (fall.start, fall.end) == (6500, Decimal("9699.50"))
    assert dict(fall.flows) == {
        "new": 4300,
        "reopened": 600,
        "increased": 800,
        "decreased": Decimal("-100.50"),
        "won": -1600,
        "lost": -800,
    }
    assert fall.adds_up


def test_the_sums_of_the_sections_are_those_of_the_waterfall(week):
    found = changed()
    sections, flows = sections_of(found.rows), found.waterfalls[0].flows

    sums = {kind: section.amounts.get("EUR", 0) for kind, section in sections.items()}
    assert (sums[Kind.NEW], sums[Kind.WON], sums[Kind.LOST]) == (4300, 1600, 800)
    assert sums[Kind.VALUE] == flows["increased"] + flows["decreased"]
    assert sums[Kind.REOPENED] == flows["reopened"]
    assert {kind.value: section.deals for kind, section in sections.items() if section.deals} == {
        "new": 2,
        "won": 2,
        "lost": 1,
        "value": 3,
        "reopened": 1,
    }


def test_a_deal_whose_currency_changes_leaves_one_sum_and_enters_the_other(people):
    story = tell(people.owner, opened=30, value=1000)
    story.deal.currency = "CHF"
    story.revise(at=days_ago(2), value=Decimal(950))
    write(story)

    euros, francs = changed().waterfalls

    assert (euros.currency, euros.start, euros.flows["decreased"], euros.end) == ("EUR", 1000, -1000, 0)
    assert (francs.currency, francs.start, francs.flows["increased"], francs.end) == ("CHF", 0, 950, 950)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("since", "until"), [(7, None), (90, None), (200, 30), (60, 53)])
def test_whatever_happens_it_adds_up_and_the_start_is_what_the_past_says(people, seed, since, until):
    owners = [people.owner, people.colleague, people.stranger]
    stories = random_stories(owners, 80, seed)
    for number, story in enumerate(stories):
        story.revise(at=days_ago(0.5), value=Decimal(1000 + 7 * number))
    write(*stories)

    found = changed(since, until)

    assert all(fall.adds_up for fall in found.waterfalls)
    sums = {fall.currency: (fall.start, fall.end) for fall in found.waterfalls}
    assert sums["EUR"] == (
        open_value_at(days_ago(since)),
        open_value_at(days_ago(until) if until else timezone.now()),
    )


def open_value_at(moment: datetime) -> Decimal:
    """The slow and simple way: every deal's history up to the moment."""
    total = Decimal(0)
    for deal in Deal.objects.all():
        undone = set(deal.stage_changes.exclude(reverts=None).values_list("reverts", flat=True))
        rows = deal.stage_changes.filter(at__lt=moment, reverts=None).exclude(pk__in=undone).order_by("seq")
        last = rows.last()
        if last and last.to_outcome == "open":
            total += deal.changes.filter(at__lt=moment).order_by("seq").last().value
    return total


def test_bars_are_as_long_as_their_amounts():
    (fall,) = waterfalls(
        {"EUR": Decimal(50)},
        [("new", "EUR", Decimal(150)), ("lost", "EUR", Decimal(-100))],
        {"EUR": Decimal(100)},
    )

    widths = {bar.code: (bar.left, bar.width) for bar in fall.bars if bar.width}
    assert widths == {"start": (0, 25), "new": (25, 75), "lost": (50, 50), "end": (0, 50)}


@pytest.mark.parametrize(
    ("start", "new", "edge"), [(1000, 50, 890), (1000, 2000, 0), (0, 0, 0), (4_600_000, 90_000, 4_100_000)]
)
def test_bars_that_would_all_be_long_begin_at_a_round_number(start, new, edge):
    (fall,) = waterfalls(
        {"EUR": Decimal(start)}, [("new", "EUR", Decimal(new))], {"EUR": Decimal(start + new)}
    )

    assert fall.begins_at == edge
    assert all(0 <= bar.left <= bar.left + bar.width <= 100.001 for bar in fall.bars)


def test_more_deals_than_anyone_reads_are_not_read(people, monkeypatch):
    write(*(tell(people.owner, opened=2) for _ in range(3)))
    monkeypatch.setattr(change_histories, "MOST_DEALS", 2)

    found = changed()

    assert (found.is_too_much, found.rows, found.waterfalls) == (True, [], [])


def test_twenty_deals_take_as_many_queries_as_two(people, count_queries):
    write(*random_stories([people.owner], 2, 5, days=6))
    with count_queries() as few:
        changed()

    write(*random_stories([people.owner], 20, 6, days=6))
    with count_queries() as many:
        changed()

    assert len(many) == len(few)


def test_a_moment_belongs_to_the_period_it_begins(people):
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    DealFactory(owner=people.owner, at=moment)

    before = read_changes(Deal.objects.current(), moment - timedelta(days=7), moment)
    after = read_changes(Deal.objects.current(), moment)

    assert ([change.kinds for change in before.rows], [change.kinds for change in after.rows]) == (
        [],
        [{Kind.NEW}],
    )


def test_a_waterfall_that_does_not_add_up_says_so():
    assert not Waterfall("EUR", Decimal(1), {}, Decimal(2)).adds_up
