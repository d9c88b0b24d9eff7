"""Clocks in columns: those read from the database are those of the rows."""

from datetime import date

import numpy as np
import pytest
from django.db.models import BigIntegerField, Value

from reporting import storage
from reporting.clocks import targets_of
from reporting.columns import NEVER, ClockColumns, microseconds, moment_of
from reporting.histories import DealHistory, deal_histories
from reporting.models import DealStanding, StageEntry
from reporting.periods import Period, overlapping, quarter_of, rolling_year
from reporting.wire import read_columns
from tests.reporting.world import days_ago, random_stories, write

TODAY = date(2026, 11, 25)


def by_column(columns: ClockColumns) -> list[tuple]:
    """The rows the columns are made of, in an order of their own."""
    return sorted(zip(*(column.tolist() for column in (*columns[:4], *columns.passed.values())), strict=True))


def stored_histories() -> list[DealHistory]:
    """What the deals came to, stored."""
    histories = list(deal_histories(days_ago(0)))
    storage.write_histories(histories)
    return histories


def test_columns_from_the_database_are_those_of_the_clocks(people):
    write(*random_stories([people.owner, people.stranger], 60, 1))
    histories = stored_histories()

    for stage in range(6):
        clocks = [clock for history in histories for clock in history.clocks if clock.stage == stage]
        assert by_column(storage.read_stage(stage)) == by_column(ClockColumns.of(clocks, targets_of(stage)))


def test_a_cohort_holds_what_began_in_its_period(people):
    write(*random_stories([people.owner], 60, 2))
    histories = stored_histories()
    clocks = [clock for history in histories for clock in history.clocks if clock.stage == 1]
    day = days_ago(0).date()
    periods = [rolling_year(day), quarter_of(day), quarter_of(days_ago(500).date())]

    for period, columns in storage.read_cohorts(1, periods, [2, 6]):
        own = [clock for clock in clocks if period.holds(clock.entered_at)]
        assert by_column(columns) == by_column(ClockColumns.of(own, [2, 6]))
        assert own


def test_nothing_is_read_where_nothing_is(db):
    assert storage.read_stage(3).entered.size == 0


def test_moments_come_back_as_they_were():
    moment = days_ago(40_000.123456)
    assert moment_of(microseconds(moment)) == moment


def test_what_is_not_eight_bytes_wide_is_refused(people):
    write(*random_stories([people.owner], 3, 1))
    wide = StageEntry.objects.values_list(Value(1, BigIntegerField()))
    assert [column.tolist() for column in read_columns(wide, 1)] == [[]]
    stored_histories()
    with pytest.raises(ValueError, match="NULL or not eight bytes"):
        read_columns(DealStanding.objects.values_list("furthest"), 1)


def test_what_overlaps_is_read_together():
    year, this, old = rolling_year(TODAY), quarter_of(TODAY), quarter_of(date(2024, 1, 1))
    older = old.before()

    assert overlapping([year, this, old, older]) == [[older], [old], [year, this]]
    assert overlapping([Period("days", TODAY, TODAY), this]) == [[this, Period("days", TODAY, TODAY)]]
    assert overlapping([]) == []


def test_never_is_later_than_anything():
    assert np.int64(NEVER) > microseconds(days_ago(-36_500))
