"""Days, moments, numbers and amounts in every spelling; a whole column decides what one value leaves open."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from core.formulas import neutralised, restored
from imports.amounts import Amount, DecimalSign, decimal_sign, parse_amount, parse_number
from imports.cells import is_blank, plain, trimmed
from imports.conventions import Certainty
from imports.errors import ValueUnreadable
from imports.moments import DayOrder, day_order, in_zone, parse_day, parse_moment

BERLIN = ZoneInfo("Europe/Berlin")
FIRST_OF_MARCH = date(2017, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2017-03-01",
        "2017/3/1",
        "20170301",
        "01.03.2017",
        "1.3.17",
        "1. 3. 2017",
        " 01.03.2017\u00a0",
        "1. März 2017",
        "1. Mär. 2017",
        "01-Mar-17",
        "Mi, 01.03.2017",
        "Mittwoch, 1. März 2017",
        "March 1, 2017",
        "Mar 1st, 2017",
        "1 march 2017",
    ],
)
def test_a_day_is_read_in_every_usual_spelling(text):
    assert parse_moment(text, None) == FIRST_OF_MARCH


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2017-03-01 14:05", time(14, 5)),
        ("2017-03-01T14:05:06.5", time(14, 5, 6, 500_000)),
        ("2017-03-01 6:49:18", time(6, 49, 18)),
        ("1.3.2017, 14:05 Uhr", time(14, 5)),
        ("1.3.2017 um 14:05", time(14, 5)),
        ("13/3/2017 2:05 PM", time(14, 5)),
        ("3/13/2017 12:05 am", time(0, 5)),
    ],
)
def test_a_time_of_day_is_read_with_it(text, clock):
    moment = parse_moment(text, None)

    assert isinstance(moment, datetime)
    assert (moment.time(), moment.tzinfo) == (clock, None)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2017-03-01T12:00Z", 0),
        ("2017-03-01 12:00:00.304 UTC", 0),
        ("2017-03-01T12:00+00:00", 0),
        ("2017-03-01T12:00:00.3041234+0530", 5.5),
        ("2017-03-01 12:00 -03", -3),
        ("2017-03-01 12:00 MEZ", 1),
        ("2017-03-01 12:00 CEST", 2),
        ("2017-03-01 12:00 GMT+02:00", 2),
    ],
)
def test_a_zone_is_kept(text, hours):
    moment = parse_moment(text, None)

    assert isinstance(moment, datetime)
    assert moment.utcoffset() == timezone(timedelta(hours=hours)).utcoffset(None)


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2017",
        "0.1.2017",
        "1.13.2017",
        "2017-13-01",
        "0217-03-01",
        "01.01.0000",
        "10000-01-01",
        "1.1.999",
        "42663",
        "2017-03-01 24:00",
        "2017-03-01 13:00 PM",
        "2017-03-01 12:00 Mars",
        "2017-03-01 12:00 +99:00",
        "2017-03",
        "1. Foo 2017",
        "morgen",
        "０１.０３.２０１７",
        "1" * 100_000,
        42663,
        42663.5,
        True,
    ],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueUnreadable):
        parse_moment(text, DayOrder.DAY_FIRST)


@pytest.mark.parametrize("cell", ["", "  ", None, "-", "NULL", "#NV", "k.A.", "\ufeff"])
def test_blanks_and_the_usual_signs_for_nothing_are_nothing(cell):
    assert parse_moment(cell, None) is None
    assert parse_amount(cell, None) is None


def test_a_workbook_s_days_are_taken_as_they_are():
    moment = datetime.fromisoformat("2017-03-01 14:05:00")

    assert parse_moment(FIRST_OF_MARCH, None) == FIRST_OF_MARCH
    assert parse_moment(moment, None) == moment


@pytest.mark.parametrize(
    ("column", "order", "certainty", "ambiguous"),
    [
        (["10/20/2016", "3/1/2017"], DayOrder.MONTH_FIRST, Certainty.DECIDED, 1),
        (["20/10/2016", "3/1/2017"], DayOrder.DAY_FIRST, Certainty.DECIDED, 1),
        (["20-10-2016", "3/1/2017"], DayOrder.DAY_FIRST, Certainty.DECIDED, 1),
        (["3/1/2017", "4/5/2017"], DayOrder.DAY_FIRST, Certainty.ASSUMED, 2),
        (["20/10/2016", "10/20/2016", "3/1/2017"], None, Certainty.MIXED, 1),
        (["20/10/2016", "10/20/2016"], None, Certainty.PLAIN, 0),
        (["3/3/2017"], None, Certainty.PLAIN, 0),
        (["1.3.2017", "2017-03-01", "", "?", None, FIRST_OF_MARCH], None, Certainty.PLAIN, 0),
    ],
)
def test_the_column_decides_between_day_and_month(column, order, certainty, ambiguous):
    reading = day_order(column)

    assert (reading.convention, reading.certainty, reading.ambiguous) == (order, certainty, ambiguous)


def test_a_date_that_reads_both_ways_follows_the_column():
    assert parse_moment("3/1/2017", DayOrder.MONTH_FIRST) == FIRST_OF_MARCH
    assert parse_moment("1/3/2017", DayOrder.DAY_FIRST) == FIRST_OF_MARCH


def test_a_column_that_contradicts_itself_refuses_only_what_reads_both_ways():
    assert parse_moment("13/1/2017", None) == parse_moment("1/13/2017", None) == date(2017, 1, 13)
    assert parse_moment("3/3/2017", None) == date(2017, 3, 3)
    with pytest.raises(ValueUnreadable):
        parse_moment("3/1/2017", None)


def test_the_caller_s_word_wins_over_the_column():
    reading = day_order(["3/1/2017"], given=DayOrder.MONTH_FIRST)

    assert (reading.convention, reading.certainty) == (DayOrder.MONTH_FIRST, Certainty.GIVEN)


def test_days_and_times_without_zone_are_meant_in_the_given_zone():
    assert in_zone(FIRST_OF_MARCH, BERLIN) == datetime(2017, 3, 1, 11, tzinfo=UTC)
    assert in_zone(datetime.fromisoformat("2017-07-01 12:00"), BERLIN) == datetime(2017, 7, 1, 10, tzinfo=UTC)
    assert in_zone(datetime(2017, 7, 1, 12, tzinfo=UTC), BERLIN) == datetime(2017, 7, 1, 12, tzinfo=UTC)


def test_the_skipped_and_the_doubled_hour_have_one_meaning_each():
    assert in_zone(datetime.fromisoformat("2017-03-26 02:30"), BERLIN) == datetime(
        2017, 3, 26, 1, 30, tzinfo=UTC
    )
    assert in_zone(datetime.fromisoformat("2017-10-29 02:30"), BERLIN) == datetime(
        2017, 10, 29, 0, 30, tzinfo=UTC
    )


def test_the_day_of_a_moment_is_that_of_the_zone():
    assert parse_day("2017-02-28T23:30Z", None, BERLIN) == FIRST_OF_MARCH
    assert parse_day("2017-03-01 23:30", None, BERLIN) == FIRST_OF_MARCH
    assert parse_day("", None, BERLIN) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1’234.56", "1234.56"),
        ("1234.567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1 234", "1234"),
        ("0.500", "0.5"),
        (",5", "0.5"),
        ("50,-", "50"),
        ("50.–", "50"),
        ("-12,5", "-12.5"),
        ("−12,5", "-12.5"),
        ("12,50-", "-12.5"),
        ("(1.200,00)", "-1200"),
        (" 7 ", "7"),
        (7, "7"),
        (0.1, "0.1"),
        (1054.0, "1054"),
    ],
)
def test_a_number_that_reads_one_way_needs_no_column(text, number):
    assert parse_number(text, None) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("99 €", Amount(Decimal(99), "EUR")),
        ("€ 1.234,50", Amount(Decimal("1234.5"), "EUR")),
        ("2.500,00 EUR", Amount(Decimal(2500), "EUR")),
        ("CHF 1'234.–", Amount(Decimal(1234), "CHF")),
        ("5 Fr.", Amount(Decimal(5), "CHF")),
        ("$1,234.50", Amount(Decimal("1234.5"), "USD")),
        ("-£5", Amount(Decimal(-5), "GBP")),
        ("£-5", Amount(Decimal(-5), "GBP")),
    ],
)
def test_a_currency_beside_the_number_is_told(text, amount):
    assert parse_amount(text, None) == amount


@pytest.mark.parametrize(
    "text",
    [
        "zwölf",
        "1e9",
        "1e999999",
        "NaN",
        "12 %",
        "TEUR 5",
        "5 Mio.",
        "EUR 5 EUR",
        "(5",
        "1.23.4",
        "1.2345.678",
        "1,2,3",
        "1.234 567",
        "5.",
        "１２",
        "9" * 16,
        "9" * 100_000,
        float("nan"),
        float("inf"),
        1e300,
        True,
        FIRST_OF_MARCH,
    ],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueUnreadable):
        parse_number(text, DecimalSign.COMMA)


@pytest.mark.parametrize(
    ("column", "sign", "certainty"),
    [
        (["1.234", "12,50"], DecimalSign.COMMA, Certainty.DECIDED),
        (["1.234", "12.50"], DecimalSign.POINT, Certainty.DECIDED),
        (["1.234", "1.234.567"], DecimalSign.COMMA, Certainty.DECIDED),
        (["1.234", "5"], DecimalSign.COMMA, Certainty.ASSUMED),
        (["1,000", "5"], DecimalSign.POINT, Certainty.ASSUMED),
        (["1.234", "1,234"], None, Certainty.MIXED),
        (["1.234", "12,50", "12.50"], None, Certainty.MIXED),
        (["5", "1 000", "", "x", 3.5], None, Certainty.PLAIN),
    ],
)
def test_the_column_decides_between_comma_and_point(column, sign, certainty):
    reading = decimal_sign(column)

    assert (reading.convention, reading.certainty) == (sign, certainty)


def test_a_number_that_reads_both_ways_follows_the_column():
    assert parse_number("1.234", DecimalSign.COMMA) == 1234
    assert parse_number("1.234", DecimalSign.POINT) == Decimal("1.234")
    with pytest.raises(ValueUnreadable):
        parse_number("1.234", None)


def test_keys_lose_blanks_around_them_and_umlauts_are_composed():
    assert trimmed("\u00a0 \ufeffMu\u0308ller\u200b\t") == "Müller"


def test_numbers_and_days_of_a_workbook_become_plain_text():
    cells = [7.0, 0.5, 1e15, FIRST_OF_MARCH, datetime.fromisoformat("2017-03-01 14:05:00"), True, None]

    assert list(map(plain, cells)) == [
        "7",
        "0.5",
        "1000000000000000",
        "2017-03-01",
        "2017-03-01 14:05:00",
        "True",
        "",
    ]


def test_words_are_not_blank():
    assert not any(map(is_blank, ["0", "None", "NA", "x", 0]))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+49 170", "-5", "@x", "\tx", "\rx", " \u00a0=1", "＝1", "＋1", "－1", "＠x", "'=1", "''-5"],
)
def test_what_a_spreadsheet_would_run_is_neutralised_and_comes_back_whole(text):
    harmless = neutralised(text)

    assert harmless == f"'{text}"
    assert restored(harmless) == text


@pytest.mark.parametrize("text", ["", "x", "'x", "a=b", "5-", "'"])
def test_harmless_text_stays_as_it_is(text):
    assert neutralised(text) == restored(text) == text
