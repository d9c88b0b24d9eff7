"""371 real loan applications with their whole history: back steps, skips, ties and all."""

import csv
import json
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from math import isnan
from pathlib import Path
from statistics import median

import pytest
from lifelines import AalenJohansenFitter

from reporting.stage_entries import (
    STAGES,
    WON,
    Change,
    deal_progress,
    matrix_entries,
    observation,
    stage_entries,
)
from reporting.survival import Observation, confidence_interval, cumulative_incidence, stage_figures
from tests.reporting.pictures import picture
from tests.reporting.textbook import textbook_incidence

STAGE = {"prospect": 1, "contact": 2, "offer": 3, "negotiation": 4}
ABSCHLUSS = 5
END = datetime(2017, 1, 1, tzinfo=UTC)
MOMENTS = [datetime(2016, month, day, tzinfo=UTC) for month, day in ((1, 11), (1, 18), (2, 1), (3, 1))] + [
    END
]

Deals = dict[str, list[Change]]


@pytest.fixture(scope="module")
def folder(shared_data: Callable[[str], Path]) -> Path:
    return shared_data("bpi2017_sample")


@pytest.fixture(scope="module")
def figures(folder: Path) -> dict:
    return json.loads((folder / "figures.json").read_text())


@pytest.fixture(scope="module")
def deals(folder: Path) -> Deals:
    """Give each application's history; a win passes Abschluss on its way, both at the same moment."""
    found: Deals = defaultdict(list)
    with (folder / "stage_history.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            changes = found[row["application"]]
            stands_in = changes[-1].to_stage if changes else None
            stage = STAGE.get(row["stage"], stands_in)
            steps = [(stage, "open")]
            if row["stage"] == "closed_won":
                steps = [(ABSCHLUSS, "open"), (ABSCHLUSS, "won")]
            elif row["stage"] == "closed_lost":
                steps = [(stage, "lost")]
            for to_stage, outcome in steps:
                changes.append(_change(changes, to_stage, outcome, row))
    return found


def _change(changes: list[Change], to_stage: int, outcome: str, row: dict[str, str]) -> Change:
    last = changes[-1] if changes else None
    return Change(
        seq=len(changes),
        from_stage=last.to_stage if last else None,
        to_stage=to_stage,
        from_outcome=last.to_outcome if last else None,
        to_outcome=outcome,
        at=datetime.fromisoformat(row["entered_at"]),
        owner_id=int(row["user"].removeprefix("User_")),
        team_id=None,
        value=Decimal(0),
        currency="EUR",
    )


def observations(deals: Deals, stage: int, as_of: datetime) -> list[Observation]:
    entries = (entry for changes in deals.values() for entry in stage_entries(changes, as_of))
    return [observation(entry, as_of) for entry in entries if entry.stage == stage]


def test_as_many_enter_each_stage_as_the_file_says(deals, figures):
    reaching = figures["applications_reaching_stage"]

    entered = {stage: len(observations(deals, stage, END)) for stage in STAGES}

    assert entered == {stage: reaching[name] for name, stage in STAGE.items()} | {5: reaching["closed_won"]}


def test_once_all_is_decided_the_rate_is_a_count(deals):
    lines = {stage: stage_figures(cumulative_incidence(observations(deals, stage, END))) for stage in STAGES}

    counts = {
        stage: (line.entered, line.moved_on, line.lost, line.still_open) for stage, line in lines.items()
    }
    # The paths of the file: 196 straight to the win; 109 lost in Angebot; 53 lost in Verhandlung; 1 lost in
    # Kontakt; 1 open in Angebot; and from Verhandlung back to Angebot: 8 there again and won, 2 won, 1 lost.
    assert counts == {
        1: (371, 371, 0, 0),
        2: (371, 370, 1, 0),
        3: (370, 196 + 53 + 8 + 2 + 1, 109, 1),
        4: (260, 196 + 8 + 2, 53 + 1, 0),
        5: (206, 206, 0, 0),
    }
    assert lines[4].rate == pytest.approx(206 / 260, abs=1e-12)


def test_the_funnel_picture_ends_in_the_wins_of_the_file(deals, figures):
    steps = picture(deal_progress(changes, END) for changes in deals.values())

    final, reached = figures["final_stage"], [step.reached.deals for step in steps]
    assert (reached[0], reached[-1]) == (figures["applications"], final["closed_won"])
    assert sum(step.lost.deals for step in steps) == final["closed_lost"]
    assert sum(step.still_open.deals for step in steps) == final["offer"]
    assert reached == sorted(reached, reverse=True)


def test_any_past_midnight_shows_what_was_open_won_and_lost_then(deals, figures):
    for day, expected in figures["as_of_snapshots_midnight_utc"].items():
        as_of = datetime.fromisoformat(day).replace(tzinfo=UTC)

        progress = [found for changes in deals.values() if (found := deal_progress(changes, as_of))]

        stood_in = Counter(deal.stands_in for deal in progress if deal.outcome == "open")
        outcomes = Counter(deal.outcome for deal in progress)
        assert {name: stood_in[stage] for name, stage in STAGE.items()} == {
            name: expected[name]["open"] for name in STAGE
        }
        assert (outcomes["won"], outcomes["lost"]) == (expected["closed_won"], expected["closed_lost"])


@pytest.mark.parametrize("as_of", MOMENTS, ids=lambda moment: f"{moment:%Y-%m-%d}")
@pytest.mark.parametrize("stage", STAGES)
def test_the_rate_is_that_of_the_textbook_ties_included(deals, stage, as_of):
    cohort = observations(deals, stage, as_of)
    share, undecided, variance = textbook_incidence(cohort)

    last = cumulative_incidence(cohort).last

    assert last.moved_on == pytest.approx(float(share), abs=1e-12)
    assert last.undecided == pytest.approx(float(undecided), abs=1e-12)
    assert last.variance == pytest.approx(float(variance), abs=1e-12)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # the library takes the logarithm of a share of 0
@pytest.mark.parametrize("as_of", MOMENTS[:-1], ids=lambda moment: f"{moment:%Y-%m-%d}")
@pytest.mark.parametrize("stage", [3, 4])
def test_an_independent_library_finds_the_same_rate_and_interval(deals, stage, as_of):
    cohort = observations(deals, stage, as_of)
    codes = {"moved_on": 1, "lost": 2, None: 0}
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # it would announce jittered ties
        fitted = AalenJohansenFitter().fit(
            [days for days, _ in cohort], [codes[ending] for _, ending in cohort], event_of_interest=1
        )

    curve = cumulative_incidence(cohort)

    compared = [step for step in curve.steps if not isnan(fitted.variance_.loc[step.days])]
    # The library divides by zero where the last one standing is decided.
    assert len(compared) >= len(curve.steps) - 1 >= 4
    for step in compared:
        assert step.moved_on == pytest.approx(fitted.cumulative_density_.loc[step.days].item(), abs=1e-9)
        assert step.variance == pytest.approx(fitted.variance_.loc[step.days], abs=1e-9)
        if step.moved_on:
            bounds = sorted(fitted.confidence_interval_.loc[step.days])
            assert confidence_interval(step) == pytest.approx(bounds, abs=1e-9)


def test_the_estimate_of_an_early_day_foretells_the_end_better_than_the_plain_count(deals):
    early = stage_figures(cumulative_incidence(observations(deals, 3, MOMENTS[1])))
    end = stage_figures(cumulative_incidence(observations(deals, 3, END)))

    assert abs(early.rate - end.rate) < abs(early.moved_on / early.entered - end.rate)


def test_the_matrix_leads_from_every_stage_to_the_same_wins(deals):
    won = Counter(
        pair[0]
        for changes in deals.values()
        for pair, entry in matrix_entries(changes, END).items()
        if pair[1] == WON and entry.ending == "moved_on"
    )

    assert won == dict.fromkeys(STAGES, 206)


def test_the_median_of_kontakt_is_that_of_the_file(deals, figures):
    # Nobody ever steps back into Kontakt, so each visit of the file is one entry here.
    days = [days for days, ending in observations(deals, 2, END) if ending]

    expected = figures["days_in_stage_finished_visits"]["contact"]
    assert len(days) == expected["visits"]
    assert median(days) == pytest.approx(expected["median"], abs=5e-5)
