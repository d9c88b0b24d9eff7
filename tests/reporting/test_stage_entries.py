from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.stage_entries import (
    STAGES,
    WON,
    Change,
    deal_progress,
    duration_days,
    matrix_entries,
    observation,
    offer_entry,
    stage_entries,
)
from tests.reporting.pictures import picture

AKQUISE, KONTAKT, ANGEBOT, VERHANDLUNG, ABSCHLUSS = STAGES
DAY_ZERO = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = DAY_ZERO + timedelta(days=100)


def on_day(days: float) -> datetime:
    return DAY_ZERO + timedelta(days=days)


def history(*rows: tuple[float, int, str], owners: tuple[int, ...] = (), value: int = 1000) -> list[Change]:
    """Build a deal's rows from (day, stage, outcome); `owners` names the owner at each row, else it is 7."""
    changes: list[Change] = []
    for seq, (day, stage, outcome) in enumerate(rows):
        last = changes[-1] if changes else None
        owner = owners[seq] if owners else 7
        changes.append(
            Change(
                seq=seq,
                from_stage=last.to_stage if last else None,
                to_stage=stage,
                from_outcome=last.to_outcome if last else None,
                to_outcome=outcome,
                at=on_day(day),
                owner_id=owner,
                team_id=owner * 10,
                value=Decimal(value + seq),
                currency="EUR",
            )
        )
    return changes


def clocks(changes: list[Change], as_of: datetime = LATER) -> dict[int, tuple[float, str | None, int | None]]:
    """Give stage -> (days, ending, moved to)."""
    return {
        entry.stage: (duration_days(entry, as_of), entry.ending, entry.moved_to)
        for entry in stage_entries(changes, as_of)
    }


@st.composite
def histories(draw: st.DrawFn) -> list[Change]:
    """Any deal there can be: opened anywhere, skipping, going back, tying, lost, won, reopened."""
    stage = draw(st.sampled_from(STAGES))
    rows: list[tuple[float, int, str]] = [(0, stage, "open")]
    for _ in range(draw(st.integers(0, 8))):
        day, _, outcome = rows[-1]
        day += draw(st.sampled_from([0, 0, 1, 2.5]))
        what = draw(st.sampled_from(["move", "move", "move", "won", "lost"])) if outcome == "open" else "open"
        stage = draw(st.sampled_from(STAGES)) if what == "move" else stage
        rows.append((day, stage, "open" if what == "move" else what))
    return history(*rows)


def test_a_deal_that_walks_straight_down_has_a_clock_for_each_stage():
    deal = history(
        (0, 1, "open"), (1, 2, "open"), (4, 3, "open"), (9, 4, "open"), (16, 5, "open"), (25, 5, "won")
    )

    found = clocks(deal)

    assert found == {
        AKQUISE: (1, "moved_on", KONTAKT),
        KONTAKT: (3, "moved_on", ANGEBOT),
        ANGEBOT: (5, "moved_on", VERHANDLUNG),
        VERHANDLUNG: (7, "moved_on", ABSCHLUSS),
        ABSCHLUSS: (9, "moved_on", WON),
    }


def test_an_open_deal_runs_on_to_the_moment_we_look():
    deal = history((0, 1, "open"), (2, 2, "open"))

    found = clocks(deal, as_of=on_day(10))

    assert found[KONTAKT] == (8, None, None)


def test_a_skipped_stage_has_no_clock_and_ends_the_one_before():
    deal = history((0, 1, "open"), (3, 4, "open"))

    found = clocks(deal, as_of=on_day(5))

    assert found == {AKQUISE: (3, "moved_on", VERHANDLUNG), VERHANDLUNG: (2, None, None)}


def test_a_deal_may_open_in_any_stage():
    deal = history((0, 3, "open"), (2, 3, "lost"))

    found = clocks(deal)

    assert found == {ANGEBOT: (2, "lost", None)}


def test_a_step_back_does_not_stop_the_clock_and_the_second_entry_does_not_count():
    deal = history((0, 3, "open"), (2, 2, "open"), (5, 3, "open"), (9, 4, "open"))

    found = clocks(deal, as_of=on_day(9))

    assert found[ANGEBOT] == (9, "moved_on", VERHANDLUNG)
    assert found[KONTAKT] == (3, "moved_on", ANGEBOT)


def test_a_loss_after_a_step_back_ends_the_clock_of_the_further_stage_too():
    deal = history((0, 4, "open"), (2, 2, "open"), (5, 2, "lost"))

    found = clocks(deal)

    assert found == {KONTAKT: (3, "lost", None), VERHANDLUNG: (5, "lost", None)}


def test_a_win_ends_every_clock_that_still_runs():
    deal = history((0, 4, "open"), (2, 2, "open"), (5, 2, "won"))

    found = clocks(deal)

    assert found == {KONTAKT: (3, "moved_on", WON), VERHANDLUNG: (5, "moved_on", WON)}


def test_a_win_straight_from_an_earlier_stage_passes_abschluss_in_no_time():
    deal = history((0, 3, "open"), (4, 5, "open"), (4, 5, "won"))

    found = clocks(deal)

    assert found == {ANGEBOT: (4, "moved_on", ABSCHLUSS), ABSCHLUSS: (0, "moved_on", WON)}


def test_moments_that_tie_are_taken_in_the_order_of_their_seq():
    deal = history((0, 1, "open"), (0, 2, "open"), (0, 1, "open"), (0, 3, "open"), (0, 3, "lost"))

    found = clocks(list(reversed(deal)))

    assert found == {
        AKQUISE: (0, "moved_on", KONTAKT),
        KONTAKT: (0, "moved_on", ANGEBOT),
        ANGEBOT: (0, "lost", None),
    }


def test_a_reopened_deal_keeps_its_endings_and_starts_clocks_only_where_it_has_never_been():
    deal = history(
        (0, 2, "open"), (3, 2, "lost"), (10, 2, "open"), (12, 3, "open"), (20, 5, "open"), (21, 5, "won")
    )

    found = clocks(deal)

    assert found == {
        KONTAKT: (3, "lost", None),
        ANGEBOT: (8, "moved_on", ABSCHLUSS),
        ABSCHLUSS: (1, "moved_on", WON),
    }


def test_what_happened_after_the_moment_is_unknown():
    deal = history((0, 1, "open"), (2, 2, "open"), (6, 2, "lost"))

    assert clocks(deal, as_of=on_day(-1)) == {}
    assert clocks(deal, as_of=on_day(1)) == {AKQUISE: (1, None, None)}
    assert clocks(deal, as_of=on_day(5)) == {AKQUISE: (2, "moved_on", KONTAKT), KONTAKT: (3, None, None)}
    assert clocks(deal, as_of=on_day(6))[KONTAKT] == (4, "lost", None)


def test_an_entry_counts_to_whom_the_deal_belonged_when_it_entered():
    handed_over = history((0, 1, "open"), (2, 2, "open"), (5, 3, "open"), (8, 5, "won"), owners=(1, 1, 2, 2))

    entries = stage_entries(handed_over, LATER)

    assert [(entry.stage, entry.owner_id, entry.team_id) for entry in entries] == [
        (AKQUISE, 1, 10),
        (KONTAKT, 1, 10),
        (ANGEBOT, 2, 20),
        (ABSCHLUSS, 2, 20),
    ]
    assert [entry.value for entry in entries] == [1000, 1001, 1002, 1003]


def test_the_clock_counts_elapsed_hours_over_the_change_to_summer_time():
    berlin = ZoneInfo("Europe/Berlin")
    saturday = datetime(2026, 3, 28, 12, 0, tzinfo=berlin)
    opening = history((0, 1, "open"))[0]._replace(at=saturday)
    moved = history((0, 2, "open"))[0]._replace(
        seq=1, at=saturday + timedelta(days=1)
    )  # noon on the clock again

    entry = stage_entries([opening, moved], LATER)[0]

    assert duration_days(entry, LATER) * 24 == pytest.approx(23)


def test_the_hour_that_comes_twice_in_autumn_keeps_its_order():
    berlin = ZoneInfo("Europe/Berlin")
    first, second = (
        datetime(2026, 10, 25, 2, minute, tzinfo=berlin, fold=fold) for minute, fold in ((40, 0), (10, 1))
    )
    opened, moved = history((0, 1, "open"), (0, 2, "open"))

    entries = stage_entries([opened._replace(at=first), moved._replace(at=second)], on_day(300))

    assert [entry.stage for entry in entries] == [AKQUISE, KONTAKT]
    assert duration_days(entries[0], on_day(300)) * 24 * 60 == pytest.approx(30)


def test_an_ending_at_the_very_moment_we_look_is_known():
    entry = stage_entries(history((0, 1, "open"), (2, 1, "lost")), LATER)[0]

    assert observation(entry, on_day(2)) == (2, "lost")
    assert observation(entry, on_day(1.5)) == (1.5, None)


@given(histories(), st.integers(min_value=-1, max_value=12))
def test_an_entry_read_today_tells_what_an_earlier_day_knew(deal, day):
    then = on_day(day)

    read_then = [observation(entry, then) for entry in stage_entries(deal, then)]
    read_today = [
        observation(entry, then) for entry in stage_entries(deal, LATER) if entry.entered_at <= then
    ]

    assert read_today == read_then


@given(histories())
def test_the_first_diagonal_of_the_matrix_is_the_stage_table(deal):
    table = {entry.stage: entry for entry in stage_entries(deal, LATER)}

    matrix = matrix_entries(deal, LATER)

    assert {stage: entry for (stage, target), entry in matrix.items() if target == stage + 1} == table


@given(histories())
def test_a_further_target_is_never_reached_sooner(deal):
    matrix = matrix_entries(deal, LATER)

    for (stage, target), entry in matrix.items():
        nearer = matrix.get((stage, target - 1), entry)
        assert duration_days(nearer, LATER) <= duration_days(entry, LATER)
        assert (entry.ending == "moved_on") <= (nearer.ending == "moved_on")


def test_the_matrix_follows_a_deal_to_any_later_stage():
    deal = history((0, 1, "open"), (2, 3, "open"), (5, 2, "open"), (9, 2, "lost"))

    matrix = matrix_entries(deal, LATER)

    assert {pair: (entry.ending, entry.moved_to) for pair, entry in matrix.items() if pair[0] == AKQUISE} == {
        (AKQUISE, KONTAKT): ("moved_on", ANGEBOT),
        (AKQUISE, ANGEBOT): ("moved_on", ANGEBOT),
        (AKQUISE, VERHANDLUNG): ("lost", None),
        (AKQUISE, ABSCHLUSS): ("lost", None),
        (AKQUISE, WON): ("lost", None),
    }
    assert duration_days(matrix[ANGEBOT, WON], LATER) == 7
    assert (ABSCHLUSS, WON) not in matrix


def test_the_offer_clock_runs_from_delivery_to_the_order():
    deal = history((0, 3, "open"), (4, 4, "open"), (9, 5, "open"), (12, 5, "won"), owners=(1, 2, 2, 2))

    entry = offer_entry(deal, LATER, delivered_at=on_day(1))

    assert (duration_days(entry, LATER), entry.ending, entry.moved_to, entry.owner_id) == (
        11,
        "moved_on",
        WON,
        1,
    )


def test_without_a_recorded_delivery_the_first_stage_after_angebot_stands_in():
    deal = history((0, 3, "open"), (4, 4, "open"), (9, 4, "lost"), owners=(1, 2, 2))

    entry = offer_entry(deal, LATER)

    assert (duration_days(entry, LATER), entry.ending, entry.owner_id) == (5, "lost", 2)


def test_a_deal_that_jumps_over_angebot_tells_of_no_offer():
    won = history((0, 2, "open"), (5, 5, "open"), (5, 5, "won"))

    assert offer_entry(won, LATER) is None


def test_a_deal_without_a_delivered_offer_is_not_in_the_offer_ratio():
    deal = history((0, 3, "open"), (4, 3, "lost"))

    assert offer_entry(deal, LATER) is None
    assert offer_entry(deal, on_day(2), delivered_at=on_day(3)) is None
    assert offer_entry(deal, LATER, delivered_at=on_day(-1)) is None


def test_an_offer_recorded_after_the_win_is_won_after_no_days():
    deal = history((0, 3, "open"), (4, 5, "open"), (4, 5, "won"))

    entry = offer_entry(deal, LATER, delivered_at=on_day(6))

    assert (duration_days(entry, LATER), entry.ending) == (0, "moved_on")


def test_progress_is_the_furthest_stage_and_counts_to_the_owner_at_opening():
    deal = history((0, 1, "open"), (2, 4, "open"), (5, 2, "open"), (6, 2, "lost"), owners=(1, 2, 2, 2))

    progress = deal_progress(deal, LATER)

    assert (progress.furthest, progress.stands_in, progress.outcome) == (VERHANDLUNG, KONTAKT, "lost")
    assert (progress.opened_at, progress.owner_id, progress.team_id) == (on_day(0), 1, 10)
    assert deal_progress(deal, on_day(3)).outcome == "open"
    assert deal_progress(deal, on_day(-1)) is None


def test_a_won_deal_stands_behind_the_last_stage_until_it_is_reopened():
    deal = history((0, 3, "open"), (2, 5, "open"), (2, 5, "won"), (9, 5, "open"))

    assert deal_progress(deal, on_day(3)).furthest == WON
    assert deal_progress(deal, on_day(9)).furthest == ABSCHLUSS


def test_the_funnel_picture_counts_how_far_the_deals_have_come():
    deals = [
        history((0, 1, "open")),
        history((0, 1, "open"), (1, 3, "open"), (2, 3, "lost")),
        history((0, 2, "open"), (1, 4, "open"), (2, 2, "open")),
        history((0, 1, "open"), (1, 5, "open"), (1, 5, "won")),
    ]

    steps = picture(deal_progress(deal, LATER) for deal in deals)

    assert [(step.stage, step.reached.deals, step.still_open.deals, step.lost.deals) for step in steps] == [
        (AKQUISE, 4, 1, 0),
        (KONTAKT, 3, 0, 0),
        (ANGEBOT, 3, 0, 1),
        (VERHANDLUNG, 2, 1, 0),
        (ABSCHLUSS, 1, 0, 0),
        (WON, 1, 0, 0),
    ]


@given(st.lists(histories(), max_size=12))
def test_the_funnel_never_widens_and_adds_up(deals):
    steps = picture(deal_progress(deal, LATER) for deal in deals)

    assert steps[0].reached.deals == len(deals)
    for step, following in pairwise(steps):
        assert step.reached == following.reached + step.still_open + step.lost
