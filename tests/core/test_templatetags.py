"""Numbers, days, icons and places look as German and English readers expect them."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core.pictures import FunnelStep, funnel_picture
from core.templatetags import dates, dom, icons, maps, money, navigation

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def german():
    with translation.override("de"):
        yield


@pytest.fixture
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def _plain(text: str) -> str:
    """Protected spaces as ordinary ones, so that the expectation can be read."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "currency", "german", "english"),
    [
        (Decimal("18900.00"), "EUR", "18.900 €", "€18,900"),
        (Decimal("18900.50"), "EUR", "18.900,50 €", "€18,900.50"),
        (0, "EUR", "0 €", "€0"),
        (Decimal("-500"), "EUR", "−500 €", "−€500"),
        (Decimal("1234567.89"), "CHF", "1.234.567,89 CHF", "CHF 1,234,567.89"),
        (Decimal("0.005"), "EUR", "0,01 €", "€0.01"),
        (None, "EUR", "–", "–"),
    ],
)
def test_an_amount_shows_cents_only_where_there_are_any(value, currency, german, english):
    assert _plain(money.money(value, currency)) == german
    with translation.override("en"):
        assert _plain(money.money(value, currency)) == english


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (613_000, "613 T€", "€613K"),
        (4_600_000, "4,6 Mio. €", "€4.6M"),
        (46_400_000, "46 Mio. €", "€46M"),
        (2_300_000_000, "2,3 Mrd. €", "€2.3B"),
        (9_999, "9.999 €", "€9,999"),
        (12_400, "12 T€", "€12K"),
        (999_499, "999 T€", "€999K"),
        (999_500, "1,0 Mio. €", "€1.0M"),
        (-613_000, "−613 T€", "−€613K"),
    ],
)
def test_a_large_amount_is_shortened(value, german, english):
    assert _plain(money.money_compact(value)) == german
    with translation.override("en"):
        assert _plain(money.money_compact(value)) == english


def test_thousands_of_another_currency_are_written_in_one_word_too():
    assert _plain(money.money_compact(613_000, "CHF")) == "613 TCHF"
    assert _plain(money.money_compact(4_600_000, "CHF")) == "4,6 Mio. CHF"


def test_a_share_is_a_percentage_and_nothing_known_is_a_dash():
    assert _plain(money.percent(0.664)) == "66 %"
    assert _plain(money.percent(0.664, 1)) == "66,4 %"
    assert money.percent(None) == "–"
    assert _plain(money.percent_range(0.601, 0.713)) == "60–71 %"


def test_half_a_percent_is_rounded_up_and_not_to_the_even_number():
    assert _plain(money.percent(0.625)) == "63 %"
    assert _plain(money.percent(0.645)) == "65 %"


def test_counts_are_grouped():
    assert money.number(1234567) == "1.234.567"
    with translation.override("en"):
        assert money.number(1234567) == "1,234,567"


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize(
    ("day", "german", "english"),
    [
        (dt.date(2026, 11, 24), "Di., 24.11.", "Tue 24 Nov"),
        (dt.date(2026, 12, 2), "Mi., 2.12.", "Wed 2 Dec"),
        (dt.date(2027, 1, 4), "Mo., 4.1.2027", "Mon 4 Jan 2027"),
    ],
)
def test_a_day_carries_its_weekday_and_a_foreign_year(day, german, english):
    assert _plain(dates.weekday_date(day)) == german
    with translation.override("en"):
        assert _plain(dates.weekday_date(day)) == english


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize(
    ("due", "text", "state"),
    [
        (dt.date(2026, 11, 20), "überfällig seit Fr.", "late"),
        (dt.date(2026, 11, 22), "überfällig seit gestern", "late"),
        (dt.date(2026, 11, 16), "überfällig seit 16.11.", "late"),
        (dt.date(2025, 11, 16), "überfällig seit 16.11.2025", "late"),
        (dt.date(2026, 11, 23), "heute", "today"),
        (dt.datetime(2026, 11, 23, 14, 0, tzinfo=BERLIN), "heute, 14:00", "today"),
        (dt.date(2026, 11, 24), "morgen", "plan"),
        (dt.datetime(2026, 11, 27, 9, 30, tzinfo=BERLIN), "Fr., 27.11., 09:30", "plan"),
        (None, "", "none"),
    ],
)
def test_a_step_says_when_it_is_due(due, text, state):
    assert _german(dates.relative_day(due)) == text
    assert dates.step_state(due) == state


def _german(text: str) -> str:
    """The sentence in German even where the catalogue is not compiled."""
    words = {
        "overdue since": "überfällig seit",
        "yesterday": "gestern",
        "today": "heute",
        "tomorrow": "morgen",
    }
    for english, german in words.items():
        text = text.replace(english, german)
    return _plain(text)


@pytest.mark.usefixtures("monday")
def test_today_is_a_day_in_berlin_and_not_in_greenwich():
    shortly_after_midnight = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)

    assert dates.step_state(shortly_after_midnight) == "today"
    assert dates.days_since(shortly_after_midnight) == 0


def test_days_are_counted_in_words():
    assert dates.day_count(None) == "–"
    with translation.override("en"):
        assert dates.day_count(1) == "1 day"
        assert dates.day_count(21.4) == "21 days"


def test_an_id_never_carries_a_thousands_separator():
    row = SimpleNamespace(pk=1234567, _meta=SimpleNamespace(model_name="deal"))

    rendered = Template("{% load dom %}{% dom_id row %} {% dom_id row 'menu' %}").render(
        Context({"row": row})
    )

    assert rendered == "deal-1234567 deal-1234567-menu"


def test_coordinates_are_written_with_a_point_in_german_too():
    assert dom.svg_x(0.664) == "109.6"
    assert dom.svg_x(7) == "162.0"
    assert dom.svg_percent(0.571) == "57.1%"


def test_an_icon_is_silent_unless_it_has_a_label():
    silent, spoken = icons.icon("phone"), icons.icon("phone", 16, 'Anruf "jetzt"')

    assert 'aria-hidden="true"' in silent
    assert 'role="img"' in spoken
    assert "Anruf &quot;jetzt&quot;" in spoken
    assert "style=" not in silent + spoken


@pytest.mark.parametrize("place", [place for _caption, places in navigation.BLOCKS for place in places])
def test_every_place_has_an_icon_that_exists(place):
    assert "<svg" in icons.icon(place.icon)


def test_no_two_places_share_a_key():
    keys = [place.key for _caption, places in navigation.BLOCKS for place in places if place.key]

    assert len(set(keys)) == len(keys)


def _context(view_name: str) -> Context:
    request = RequestFactory().get("/")
    request.resolver_match = SimpleNamespace(view_name=view_name)
    return Context({"request": request})


def _here(monkeypatch: pytest.MonkeyPatch, view_name: str) -> list[str]:
    monkeypatch.setattr(navigation, "_address", lambda name: f"/{name}")
    blocks = navigation.navigation(_context(view_name))
    return [entry.place.url_name for block in blocks for entry in block.entries if entry.is_here]


@pytest.mark.parametrize(
    ("view_name", "place"),
    [
        ("pipeline:deal_list", "pipeline:deal_list"),
        ("pipeline:deal_detail", "pipeline:deal_board"),
        ("contacts:person_edit", "contacts:person_list"),
        ("reporting:leaks", "reporting:dashboard"),
    ],
)
def test_the_navigation_marks_the_place_we_are_in(monkeypatch, view_name, place):
    assert _here(monkeypatch, view_name) == [place]


@pytest.mark.parametrize(("view_name", "is_shown"), [("reporting:changes", True), ("leads:lead_list", False)])
def test_what_lies_within_a_place_is_shown_while_one_is_there(monkeypatch, view_name, is_shown):
    monkeypatch.setattr(navigation, "_address", lambda name: f"/{name}")
    entries = [entry for block in navigation.navigation(_context(view_name)) for entry in block.entries]

    purchases = next(entry for entry in entries if entry.place.url_name == "reporting:purchases")

    assert purchases.is_shown == is_shown


def test_the_navigation_marks_nothing_on_a_page_of_no_place(monkeypatch):
    assert _here(monkeypatch, "accounts:profile") == []


def test_places_that_do_not_exist_are_left_out(monkeypatch):
    monkeypatch.setattr(navigation, "_address", lambda name: "/f" if name == "contacts:company_list" else "")

    blocks = navigation.navigation(_context("home"))

    assert [[entry.url for entry in block.entries] for block in blocks] == [["/f"]]
    assert navigation.search_url() == "/f"


def test_the_phone_shows_five_places(monkeypatch):
    monkeypatch.setattr(navigation, "_address", lambda name: f"/{name}")

    entries = navigation.phone_navigation(_context("home"))

    assert [entry.place.key for entry in entries] == ["h", "t", "l", "a", "f"]


def test_the_funnel_picture_is_as_high_as_its_numbers():
    steps = [FunnelStep(1, "Akquise", 200), FunnelStep(2, "Kontakt", 50), FunnelStep(3, "Angebot", 10)]

    picture = funnel_picture(steps)

    assert picture.segments[0].path.startswith("M0.0,0.00 ")
    assert picture.segments[1].path.startswith("M333.3,37.50 ")
    assert [segment.is_thin for segment in picture.segments] == [False, False, True]


def test_the_funnel_picture_of_nothing_is_a_line():
    picture = funnel_picture([FunnelStep(1, "Akquise", 0), FunnelStep(2, "Kontakt", 0)])

    assert all("nan" not in segment.path for segment in picture.segments)


def test_an_interval_shows_the_team_only_where_there_is_one():
    render = Template("{% include 'components/_interval.html' %}").render

    with_team = render(Context({"rate": 0.66, "low": 0.6, "high": 0.71, "team": 0.7, "n": 312}))
    alone = render(Context({"rate": 0.66, "low": None, "high": None, "team": None, "n": 4, "verdict": "few"}))

    assert 'class="team"' in with_team
    assert 'class="team"' not in alone
    assert 'class="ci"' not in alone
    assert 'class="interval few"' in alone


def test_an_address_leads_to_a_map_and_cannot_change_the_link():
    assert maps.map_href("Hauptstr. 1 & 2, 10115 Berlin") == (
        "https://www.openstreetmap.org/search?query=Hauptstr.+1+%26+2%2C+10115+Berlin"
    )
