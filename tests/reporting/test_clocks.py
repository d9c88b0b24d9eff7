"""The clocks in the shape in which they are stored, beside the definitions they stand for."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reporting.clocks import OFFER_DELIVERED, deal_clocks, next_target, targets_of
from reporting.columns import ClockColumns
from reporting.curves import CODES
from reporting.stage_entries import Change, matrix_entries, observation, offer_entry, stage_entries

START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = st.integers(0, 3)
STATES = st.tuples(st.integers(1, 5), st.sampled_from(["open", "open", "open", "won", "lost"]), DAYS)


@st.composite
def histories(draw: st.DrawFn) -> list[Change]:
    """Any order of stages and outcomes, at moments that often tie."""
    changes: list[Change] = []
    at = START
    for seq, (stage, outcome, days) in enumerate(draw(st.lists(STATES, min_size=1, max_size=8)), start=1):
        at += timedelta(days=days)
        last = changes[-1] if changes else None
        before = (last.to_stage, last.to_outcome) if last else (None, None)
        changes.append(
            Change(seq, before[0], stage, before[1], outcome, at, seq, seq % 2 + 1, Decimal(seq), "EUR")
        )
    return changes


@given(histories(), st.integers(0, 24), st.integers(0, 24), st.one_of(st.none(), st.integers(0, 20)))
def test_they_are_those_of_the_definitions_at_any_moment(changes, read_days, later_days, delivered_days):
    read_at = START + timedelta(days=read_days)
    as_of = min(read_at, START + timedelta(days=later_days))
    delivered_at = None if delivered_days is None else START + timedelta(days=delivered_days)
    rows = [change for change in changes if change.at <= read_at]

    clocks = {clock.stage: clock for clock in deal_clocks(rows, read_at, delivered_at)}

    table = {entry.stage: entry for entry in stage_entries(changes, read_at)}
    matrix = matrix_entries(changes, read_at)
    offer = offer_entry(changes, read_at, delivered_at)
    assert (OFFER_DELIVERED in clocks) == (offer is not None)
    assert clocks.keys() - {OFFER_DELIVERED} == table.keys()
    for stage, clock in clocks.items():
        entry = table[stage] if stage else offer
        credit = (entry.owner_id, entry.team_id, entry.value, entry.entered_at, entry.moved_to)
        assert (clock.owner_id, clock.team_id, clock.value, clock.entered_at, clock.moved_to) == credit
        assert clock.ending_of(next_target(stage)) == (entry.ended_at, entry.ending)
        for target in targets_of(stage):
            expected = matrix[stage, target] if stage else offer
            seen = ClockColumns.of([clock], [target]).observed(target, as_of)
            known = [observation(expected, as_of)] if expected.entered_at <= as_of else []
            assert list(zip(seen.days, seen.codes, strict=True)) == [
                (days, CODES[end]) for days, end in known
            ]
