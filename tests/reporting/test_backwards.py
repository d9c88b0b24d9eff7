"""Planning backwards, counted by hand; its intervals hold what they say in worlds whose truth is known."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from planning.models import Line, Measure
from reporting.backwards.ahead import Ahead, StageAhead
from reporting.backwards.chain import Basis, Level, best_steps, closings, drawn_steps, levels, range_of
from reporting.backwards.dates import SHARES, Waits, window
from reporting.backwards.levers import Levers, lift_of_stage, turned
from reporting.backwards.measured import Mean, Ratio, Share, effective_size
from reporting.backwards.planning import Aim, Found, lever_effects, plan
from reporting.backwards.target_setting import monthly_amounts
from reporting.periods import quarter_of
from reporting.shrinkage import USUAL_STRENGTH
from reporting.survival import cumulative_incidence, stage_figures

MANY = 1e9
TODAY = date(2026, 11, 25)
QUARTER = quarter_of(date(2027, 1, 1))


def sure(rate: float) -> Share:
    return Share(rate, MANY)


def basis(**changed: object) -> Basis:
    """Ten thousand a closing; of each stage exactly this share moves on."""
    known = {
        "worth": Mean(10_000, 0, 1000),
        "offer": sure(0.5),
        "appointments": Ratio(1.5 * MANY, MANY),
        "delivered": Ratio(0.8 * MANY, MANY),
        "contact": sure(0.625),
        "begin": sure(0.5),
        "from_leads": sure(0.4),
        "lead": sure(0.25),
    }
    return Basis(**{**known, **changed})  # type: ignore[arg-type]


def aim(amount: float = 100_000, reached: float = 0, **more: object) -> Aim:
    span = {"first": QUARTER.starts_on, "last": QUARTER.ends_on, "today": TODAY, "land": "DE-BY"}
    return Aim(amount, reached, is_money=True, **{**span, **more})  # type: ignore[arg-type]


def test_ten_closings_back_to_their_leads_counted_by_hand():
    steps = best_steps(basis())

    wins = closings(100_000, steps)
    needed = levels(wins, steps)

    # 10 / 0.5 = 20 offers; 20 x 1.5 appointments; 20 / 0.8 / 0.625 contacts; 40 / 0.5 deals; 80 x 0.4 / 0.25
    assert {level: round(float(number), 4) for level, number in needed.items()} == {
        Level.WINS: 10,
        Level.OFFERS: 20,
        Level.APPOINTMENTS: 30,
        Level.CONTACTS: 40,
        Level.DEALS: 80,
        Level.LEADS: 128,
    }


def test_what_is_not_known_ends_the_way_back_and_is_not_guessed():
    steps = best_steps(basis(contact=None, appointments=None))

    assert set(levels(10.0, steps)) == {Level.WINS, Level.OFFERS}
    assert plan(aim(), Found(basis(worth=None), Ahead(), {}), Levers()) is None


def test_a_step_nothing_came_through_needs_no_endless_number():
    assert set(levels(10.0, best_steps(basis())._replace(offer=0.0))) == {Level.WINS}


@pytest.mark.parametrize(("own", "size"), [(0.8, 4), (0.8, 400), (0.0, 3)])
def test_few_cases_lean_on_the_others_as_in_the_comparison_with_the_team(own, size):
    share = Share(own, size, sure(0.4))

    expected = (size * own + USUAL_STRENGTH * share.parent.best) / (size + USUAL_STRENGTH)
    assert share.best == pytest.approx(expected)


def test_what_an_interval_says_leads_back_to_its_cases():
    for moved, lost in ((30, 70), (3, 7), (90, 10)):
        seen = [(5.0, "moved_on")] * moved + [(9.0, "lost")] * lost
        line = stage_figures(cumulative_incidence(seen))

        size = effective_size(line.rate, line.low, line.high, moved + lost, moved + lost)

        assert size == pytest.approx(moved + lost, rel=1e-6)
    assert effective_size(1.0, 0.4, 1.0, 7, 12) == 7


@pytest.mark.parametrize("seed", range(20))
def test_the_range_holds_the_best_value_and_grows_narrower_with_more_cases(seed):
    rng = np.random.default_rng(seed)
    rate, size = rng.uniform(0.02, 0.98), int(rng.integers(1, 60))
    widths = []
    for times in (1, 16):
        known = basis(offer=Share(rate, size * times, Share(0.4, 200)), contact=Share(rate, size * times))
        wins = closings(100_000.0, best_steps(known))
        drawn = drawn_steps(known, np.random.default_rng(seed))
        best = levels(wins, best_steps(known))[Level.CONTACTS]
        draws = levels(closings(100_000.0, drawn), drawn)[Level.CONTACTS]
        low, high = np.quantile(draws, (0.05, 0.95))
        assert low <= best <= high
        found = range_of(best, draws)
        assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
        widths.append(np.log(high / low))

    assert widths[1] < widths[0]


def test_nine_of_ten_ranges_hold_the_truth():
    """Worlds with a known offer ratio and value: what 60 offers and 24 wins told of them."""
    rng, held, worlds = np.random.default_rng(5), 0, 400
    for _world in range(worlds):
        rate, value = rng.beta(8, 12), 20_000
        won = rng.binomial(60, rate)
        brought = rng.gamma(2, value / 2, 24)
        known = basis(
            worth=Mean(brought.mean(), brought.std(ddof=1), 24), offer=Share(won / 60, 60, Share(0.4, 400))
        )
        drawn = drawn_steps(known, np.random.default_rng(1), 500)
        found = range_of(1.0, levels(closings(400_000.0, drawn), drawn)[Level.OFFERS])
        low, high = np.quantile(levels(closings(400_000.0, drawn), drawn)[Level.OFFERS], (0.05, 0.95))
        held += low <= 400_000 / value / rate <= high
        assert found.high >= high

    assert 0.85 <= held / worlds <= 0.95


def test_what_is_reached_and_what_is_open_is_taken_off():
    # 90 days from the forecast on: 30 thousand, of it two thirds within the quarter.
    ahead = Ahead((0.0, 37.0, 127.0), (0.0, 10_000.0, 30_000.0), (0.0, 0.0, 0.0))

    found = plan(aim(reached=5_000), Found(basis(), ahead, {}), Levers())

    assert found.expected.best == pytest.approx(20_000)
    assert found.gap.best == pytest.approx(75_000)
    assert found.missing[Level.OFFERS].best == pytest.approx(15)
    assert found.whole[Level.OFFERS].best == pytest.approx(20)


def test_nothing_is_missing_where_enough_is_reached():
    found = plan(aim(reached=120_000), Found(basis(), Ahead(), {}), Levers())

    assert {level: row.best for level, row in found.missing.items()} == dict.fromkeys(found.whole, 0)


def test_a_period_is_moved_back_by_the_middle_time_and_counts_working_days():
    waits = Waits(tuple(share * 100 for share in SHARES), 40)

    found = window(QUARTER.starts_on, QUARTER.ends_on, waits, TODAY, "DE-BY")

    # 50 days before 1 January and 31 March; eight of ten within 80 days.
    assert (found.first, found.last, found.safe) == (date(2026, 11, 12), date(2027, 2, 9), date(2027, 1, 10))
    # 25 November to 9 February: 55 weekdays without Christmas Day, New Year and Epiphany.
    assert found.working_days == 52
    assert found.in_time == pytest.approx(0.95)


def test_too_late_is_said_and_not_divided_by():
    waits = Waits(tuple(share * 400 for share in SHARES), 40)
    found = plan(aim(), Found(basis(), Ahead(), {Level.DEALS: waits}), Levers())

    assert found.windows[Level.DEALS].is_over
    assert found.a_day(Level.DEALS) is None
    # 126 days from 25 November to 31 March, of 400.
    assert found.windows[Level.DEALS].in_time == pytest.approx(126 / 400)


def test_levers_turn_what_they_say_and_no_share_beyond_all():
    steps = turned(best_steps(basis()), Levers(worth=10, offer=100, contact=100, begin=-50), is_money=True)

    assert (steps.worth, steps.offer, steps.contact, steps.begin) == pytest.approx((11_000, 1, 1, 0.25))


def test_open_deals_are_lifted_by_what_they_still_have_before_them():
    levers = Levers(offer=10, contact=10, begin=10)

    lifts = [lift_of_stage(stage, 0.1, levers) for stage in (1, 2, 3, 4, 5)]

    assert lifts == pytest.approx([1.331, 1.21, 1.1, 1.1, 1.0])
    assert lift_of_stage(3, 0.8, Levers(offer=100)) == pytest.approx(1.25)


def test_the_lever_that_also_lifts_what_is_open_is_stronger():
    ahead = Ahead((0.0, 127.0), (0.0, 60_000.0), (0.0, 6_000.0), (StageAhead(3, 1.0, 0.4),))
    found = Found(basis(), ahead, {})
    base = plan(aim(), found, Levers())

    effects = {one.name: one for one in lever_effects(aim(), found, Levers(), base)}

    assert effects["offer"].saved > effects["contact"].saved
    # A tenth more of the leads that become a deal: a tenth fewer of them, and nothing else.
    assert effects["lead"].saved == pytest.approx(1 - 1 / 1.1, abs=1e-3)
    assert effects["lead"].gap == pytest.approx(base.gap.best)


def test_the_same_plan_has_the_same_ranges():
    unsure = basis(offer=Share(0.5, 12, Share(0.4, 300)))
    found = Found(unsure, Ahead(), {})

    assert plan(aim(), found, Levers()) == plan(aim(), found, Levers())


def test_totals_are_spread_by_working_days_and_add_up():
    line = Line(Measure.OFFERS)

    # Without New Year, Epiphany, Good Friday and Easter Monday: 19, 20 and 21 working days.
    for total, parts in ((60, [19, 20, 21]), (61, [19, 21, 21])):
        amounts = monthly_amounts({line: Decimal(total)}, QUARTER, "DE-BY")
        assert list(amounts.values()) == parts
