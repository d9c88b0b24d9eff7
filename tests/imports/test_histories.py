"""From what a file says of a deal to the steps of our history."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from imports.histories import Entry, HistoryImpossibleError, entries_of_a_row, history_of, within_one_day
from imports.rows import Moment
from imports.words import Standing
from pipeline.models import Outcome, Stage

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2017, 3, 1, 11, tzinfo=UTC)
WON, LOST, OPEN = Standing(None, Outcome.WON), Standing(None, Outcome.LOST), Standing(None, Outcome.OPEN)


def at(hours: int) -> datetime:
    return NOON + timedelta(hours=hours)


def told(
    *standings: Stage | Standing, unknown_from: Stage = Stage.KONTAKT
) -> list[tuple[int, Stage, Outcome]]:
    """The steps of a history of one entry an hour: (hour, stage, outcome)."""
    entries = [
        Entry(at(hour), standing if isinstance(standing, Standing) else Standing(standing))
        for hour, standing in enumerate(standings)
    ]
    steps = history_of(entries, unknown_from=unknown_from).steps
    return [(int((step.at - NOON) / timedelta(hours=1)), step.stage, step.outcome) for step in steps]


def row(standing: Standing, opened: Moment | None, closed: Moment | None = None) -> list[Entry]:
    return entries_of_a_row(
        standing, opened, closed, unknown_from=Stage.KONTAKT, undated=at(99), zone=BERLIN, owner="Berg"
    )


def test_forward_skip_and_back_keep_their_moments():
    assert told(Stage.AKQUISE, Stage.ANGEBOT, Stage.KONTAKT) == [
        (0, Stage.AKQUISE, Outcome.OPEN),
        (1, Stage.ANGEBOT, Outcome.OPEN),
        (2, Stage.KONTAKT, Outcome.OPEN),
    ]


def test_a_win_passes_through_abschluss():
    assert told(Stage.ANGEBOT, WON) == [
        (0, Stage.ANGEBOT, Outcome.OPEN),
        (1, Stage.ABSCHLUSS, Outcome.OPEN),
        (1, Stage.ABSCHLUSS, Outcome.WON),
    ]


def test_a_loss_stays_in_its_stage():
    assert told(Stage.ANGEBOT, LOST)[-1] == (1, Stage.ANGEBOT, Outcome.LOST)


def test_a_loss_that_names_another_stage_moves_there_first():
    assert told(Stage.ANGEBOT, Standing(Stage.VERHANDLUNG, Outcome.LOST))[1:] == [
        (1, Stage.VERHANDLUNG, Outcome.OPEN),
        (1, Stage.VERHANDLUNG, Outcome.LOST),
    ]


def test_a_closed_deal_is_reopened_before_it_goes_on():
    assert told(Stage.ANGEBOT, LOST, Stage.VERHANDLUNG, WON)[2:] == [
        (2, Stage.ANGEBOT, Outcome.OPEN),
        (2, Stage.VERHANDLUNG, Outcome.OPEN),
        (3, Stage.ABSCHLUSS, Outcome.OPEN),
        (3, Stage.ABSCHLUSS, Outcome.WON),
    ]


def test_what_says_nothing_new_is_counted_and_left_out():
    entries = [Entry(at(hour), Standing(Stage.KONTAKT)) for hour in range(3)] + [Entry(at(3), OPEN)]

    history = history_of(entries, unknown_from=Stage.KONTAKT)

    assert (len(history.steps), history.repeated) == (1, 3)


def test_a_history_that_begins_with_its_end_opens_in_the_unknown_stage():
    assert told(LOST) == [(0, Stage.KONTAKT, Outcome.OPEN), (0, Stage.KONTAKT, Outcome.LOST)]
    assert told(WON, unknown_from=Stage.AKQUISE)[0] == (0, Stage.AKQUISE, Outcome.OPEN)


def test_owners_change_when_an_entry_names_another_one():
    entries = [
        Entry(at(0), Standing(Stage.AKQUISE), "Berg"),
        Entry(at(1), Standing(Stage.KONTAKT), ""),
        Entry(at(2), Standing(Stage.KONTAKT), "Tal"),
        Entry(at(3), WON, "Tal"),
    ]

    history = history_of(entries, unknown_from=Stage.KONTAKT)

    assert history.owners == [(at(0), "Berg"), (at(2), "Tal")]
    assert [step.owner for step in history.steps] == ["Berg", "Berg", "Tal", "Tal"]


def test_the_stage_is_entered_when_it_was_last_entered():
    entries = [Entry(at(hour), Standing(stage)) for hour, stage in enumerate([Stage.ANGEBOT, Stage.KONTAKT])]

    history = history_of([*entries, Entry(at(5), LOST)], unknown_from=Stage.KONTAKT)

    assert history.stage_since == at(1)


def test_an_open_row_is_opened_in_its_stage():
    entries = row(Standing(Stage.ANGEBOT), Moment(at(0)))

    assert entries == [Entry(at(0), Standing(Stage.ANGEBOT, Outcome.OPEN), "Berg")]


def test_an_open_row_without_moment_gets_the_one_for_undated_deals():
    assert row(Standing(Stage.AKQUISE), None)[0].at == at(99)


def test_a_closed_row_of_known_stage_was_there_all_the_time():
    opening, closing = row(Standing(Stage.VERHANDLUNG, Outcome.LOST), Moment(at(0)), Moment(at(7)))

    assert (opening.at, opening.standing.stage) == (at(0), Stage.VERHANDLUNG)
    assert (closing.at, closing.standing.outcome) == (at(7), Outcome.LOST)


@pytest.mark.parametrize("standing", [WON, LOST, Standing(Stage.ABSCHLUSS, Outcome.WON)])
def test_a_closed_row_of_unknown_stage_was_in_contact(standing):
    assert row(standing, Moment(at(0)), Moment(at(7)))[0].standing.stage == Stage.KONTAKT


def test_a_closed_row_without_opening_opens_when_it_closes():
    assert [entry.at for entry in row(LOST, None, Moment(at(7)))] == [at(7), at(7)]


@pytest.mark.parametrize(
    ("standing", "opened", "closed"),
    [(WON, Moment(at(0)), None), (OPEN, Moment(at(0)), None), (LOST, Moment(at(48)), Moment(at(0)))],
)
def test_what_cannot_be_is_refused(standing, opened, closed):
    with pytest.raises(HistoryImpossibleError):
        row(standing, opened, closed)


def test_a_day_without_time_gives_way_to_a_moment_of_that_day():
    later, noon, earlier = Moment(at(3)), Moment(NOON, is_day=True), Moment(at(-3))

    assert within_one_day(later, noon, BERLIN)[1].at == at(3)
    assert within_one_day(noon, earlier, BERLIN)[0].at == at(-3)
    assert within_one_day(noon, later, BERLIN) == (noon, later)
    assert within_one_day(later, earlier, BERLIN) == (later, earlier)
