"""Working days and hours: weekends, public holidays per Land, summer time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from core.working_days import (
    holiday_on,
    is_working_day,
    on_or_after,
    working_day_after,
    working_days_between,
    working_seconds_between,
)

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3600


@pytest.mark.parametrize(
    ("day", "free_in", "not_in"),
    [
        (date(2026, 1, 6), ["DE-BY", "DE-BW", "DE-ST", "AT"], ["DE", "DE-NW", "CH"]),
        (date(2026, 6, 4), ["DE-BY", "DE-NW", "DE-HE", "AT"], ["DE", "DE-BE", "CH-ZH"]),
        (date(2024, 10, 31), ["DE-SN", "DE-HH"], ["DE-BY", "AT"]),
        (date(2024, 8, 1), ["CH", "CH-ZH"], ["DE-BW"]),
        (date(2026, 4, 6), ["DE", "DE-BE", "AT", "CH-ZH"], []),
        (date(2026, 12, 25), ["DE", "AT", "CH"], []),
    ],
    ids=str,
)
def test_a_holiday_is_free_where_it_is_one(day, free_in, not_in):
    assert [land for land in free_in + not_in if not is_working_day(day, land)] == free_in


def test_without_a_land_the_settings_say(settings):
    settings.LAND = "DE-BY"

    assert not is_working_day(date(2026, 6, 4))
    assert is_working_day(date(2026, 6, 4), "DE")


def test_a_holiday_is_named_in_the_language_of_the_reader():
    with translation.override("de"):
        german = holiday_on(date(2026, 6, 4), "DE-NW")
    with translation.override("en"):
        english = holiday_on(date(2026, 6, 4), "DE-NW")

    assert (german, english, holiday_on(date(2026, 6, 5))) == ("Fronleichnam", "Corpus Christi", "")


def test_the_next_working_day_lies_behind_the_holidays():
    assert working_day_after(date(2026, 4, 2)) == date(2026, 4, 7)
    assert working_day_after(date(2026, 6, 3), land="DE-BY") == date(2026, 6, 5)
    assert working_day_after(date(2026, 6, 3), 2, "DE-BE") == date(2026, 6, 5)
    assert on_or_after(date(2026, 5, 1)) == date(2026, 5, 4)
    assert on_or_after(date(2026, 5, 4)) == date(2026, 5, 4)


def test_working_days_of_a_month_are_counted_none_the_wrong_way_round():
    assert working_days_between(date(2026, 5, 1), date(2026, 5, 31)) == 18
    assert working_days_between(date(2026, 6, 1), date(2026, 6, 30), "DE-NW") == 21
    assert working_days_between(date(2026, 5, 31), date(2026, 5, 1)) == 0


@pytest.mark.parametrize(
    ("start", "end", "land", "hours"),
    [
        ((2026, 11, 25, 9), (2026, 11, 25, 11), "", 2),
        ((2026, 11, 25, 16), (2026, 11, 26, 9), "", 2),
        ((2026, 11, 25, 22), (2026, 11, 25, 23), "", 0),
        ((2026, 11, 27, 16), (2026, 11, 30, 9), "", 2),
        ((2026, 6, 3, 16), (2026, 6, 5, 9), "DE-NW", 2),
        ((2026, 6, 3, 16), (2026, 6, 5, 9), "DE-BE", 11),
        # The clock is put forward on Sunday; a working day keeps its nine hours.
        ((2026, 3, 27, 8), (2026, 3, 30, 17), "", 18),
        ((2026, 12, 24, 16), (2026, 12, 28, 9), "", 2),
        ((2026, 11, 26, 9), (2026, 11, 25, 9), "", 0),
        ((2026, 11, 28, 9), (2026, 11, 29, 9), "", 0),
    ],
)
def test_only_working_hours_count(start, end, land, hours):
    begun, ended = (datetime(*moment, tzinfo=BERLIN) for moment in (start, end))

    assert working_seconds_between(begun, ended, land) == hours * HOUR
