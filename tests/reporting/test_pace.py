"""Working days, what can be expected by a day, and what a running period is compared with."""

from datetime import date

import pytest

from reporting.pace import pace
from reporting.periods import (
    Period,
    compared_with,
    month_of,
    period_of_code,
    quarter_of,
    rolling_year,
    year_of,
)
from reporting.target_status import months_in


def test_november_2026_has_21_working_days():
    assert pace(date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 25)) == (18, 21)


@pytest.mark.parametrize(
    ("today", "gone"), [(date(2026, 10, 31), 0), (date(2026, 11, 1), 0), (date(2026, 12, 24), 21)]
)
def test_nothing_is_gone_before_and_everything_after(today, gone):
    assert pace(date(2026, 11, 1), date(2026, 11, 30), today).gone == gone


@pytest.mark.parametrize(
    ("period", "months"),
    [
        (month_of(date(2026, 2, 17)), [2]),
        (quarter_of(date(2026, 11, 5)), [10, 11, 12]),
        (year_of(date(2026, 1, 1)), list(range(1, 13))),
        (rolling_year(date(2026, 11, 5)), []),
    ],
    ids=str,
)
def test_whole_months_of_a_period(period, months):
    assert [month.month for month in months_in(period)] == months


@pytest.mark.parametrize("code", ["12m", "2026-02", "2026-q4", "2026"])
def test_an_address_names_a_period(code):
    assert period_of_code(code, date(2026, 11, 25)).code == code


@pytest.mark.parametrize("code", ["2026-13", "2026-00", "20260", "2026-q5", "١٢٣٤", "\x00"])
def test_whatever_is_no_period_is_the_rolling_year(code):
    assert period_of_code(code, date(2026, 11, 25)) == rolling_year(date(2026, 11, 25))


TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("period", "by_year", "expected"),
    [
        (month_of(TODAY), False, (date(2026, 10, 1), date(2026, 10, 25))),
        (month_of(TODAY), True, (date(2025, 11, 1), date(2025, 11, 25))),
        (quarter_of(TODAY), False, (date(2026, 7, 1), date(2026, 8, 25))),
        (quarter_of(date(2026, 8, 1)), False, (date(2026, 4, 1), date(2026, 6, 30))),
        (quarter_of(date(2026, 8, 1)), True, (date(2025, 7, 1), date(2025, 9, 30))),
        (year_of(TODAY), False, (date(2025, 1, 1), date(2025, 11, 25))),
        (rolling_year(TODAY), False, (date(2024, 11, 26), date(2025, 11, 25))),
    ],
    ids=str,
)
def test_a_running_period_is_compared_with_as_many_days(period, by_year, expected):
    assert compared_with(period, TODAY, by_year=by_year) == Period("days", *expected)


def test_march_is_compared_with_all_of_february_and_no_day_of_march():
    running = compared_with(month_of(date(2026, 3, 30)), date(2026, 3, 30), by_year=False)

    assert running == Period("days", date(2026, 2, 1), date(2026, 2, 28))
