"""371 real applications with their stage history: steps back, skips and ties survive the import."""

import io
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import Team, User
from pipeline.models import Deal, DealChange, Outcome, Stage, StageChange

pytestmark = pytest.mark.django_db
NAMES = {
    Stage.AKQUISE: "prospect",
    Stage.KONTAKT: "contact",
    Stage.ANGEBOT: "offer",
    Stage.VERHANDLUNG: "negotiation",
}


@pytest.fixture(scope="module")
def folder(shared_data: Callable[[str], Path]) -> Path:
    return shared_data("bpi2017_sample")


@pytest.fixture(scope="module")
def figures(folder: Path) -> dict:
    return json.loads((folder / "figures.json").read_text())


@pytest.fixture
def summary(folder: Path, db: None) -> dict:
    return imported(folder)


def imported(folder: Path, *options: str) -> dict:
    path, out = str(folder / "stage_history.csv"), io.StringIO()
    call_command("import_deals", path, "--changes", path, *options, stdout=out, stderr=io.StringIO())
    connection.check_constraints()
    return json.loads(out.getvalue())


def history() -> dict[int, list[tuple[datetime, str]]]:
    """The lines of the file as our history tells them: the way through Abschluss to a win is one line."""
    lines = defaultdict(list)
    for row in StageChange.objects.order_by("deal", "seq"):
        if row.to_outcome == Outcome.OPEN and row.to_stage == Stage.ABSCHLUSS:
            continue
        name = NAMES[row.to_stage] if row.to_outcome == Outcome.OPEN else f"closed_{row.to_outcome}"
        lines[row.deal_id].append((row.at, name))
    return lines


def test_every_line_of_the_file_is_in_the_history_with_its_moment(folder, figures, summary):
    lines = (folder / "stage_history.csv").read_text().splitlines()[1:]
    moments = [datetime.fromisoformat(line.split(",")[2]) for line in lines]

    told = [at for rows in history().values() for at, _name in rows]

    assert (summary["created"], summary["rejected"]) == (figures["applications"], 0)
    assert summary["changes"]["read"] == figures["stage_history_rows"]
    assert sorted(told) == sorted(moments)


def test_the_steps_between_stages_are_the_known_ones(figures, summary):
    steps = Counter(
        f"{before}->{after}"
        for rows in history().values()
        for (_at, before), (_later, after) in itertools.pairwise(rows)
    )

    assert steps == figures["stage_transitions"]


def test_the_deals_end_where_the_applications_ended(figures, summary):
    ends = Counter(
        NAMES[deal.stage] if deal.is_open else f"closed_{deal.outcome}" for deal in Deal.objects.all()
    )

    assert ends == figures["final_stage"]
    assert {deal.won_value for deal in Deal.objects.filter(outcome=Outcome.WON)} == {0}


def test_any_past_day_is_rebuilt(figures, summary):
    rows = history()
    won = {deal for deal, lines in rows.items() if lines[-1][1] == "closed_won"}

    for day, expected in figures["as_of_snapshots_midnight_utc"].items():
        moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
        past = {deal: [name for at, name in lines if at < moment] for deal, lines in rows.items()}
        standing = {deal: names[-1] for deal, names in past.items() if names}
        counts = Counter(standing.values())
        later_won = Counter(name for deal, name in standing.items() if deal in won)
        told = {name: {"open": counts[name], "later_won": later_won[name]} for name in NAMES.values()}
        closed = {name: counts[name] for name in ("closed_won", "closed_lost")}
        assert {**told, **closed} == expected, day


def test_each_step_belongs_to_whom_the_file_names(figures, summary):
    assert User.objects.filter(is_active=False, team=Team.objects.unassigned()).count() == len(
        {row.owner_id for row in StageChange.objects.all()}
    )
    for deal in Deal.objects.all():
        steps = list(deal.stage_changes.order_by("seq"))
        owners = [steps[0].owner_id]
        owners += [
            step.owner_id for before, step in itertools.pairwise(steps) if step.owner_id != before.owner_id
        ]
        assert [change.owner_id for change in deal.changes.order_by("seq")] == owners
        assert deal.owner_id == owners[-1]


def test_importing_the_history_again_changes_nothing(folder, figures, summary):
    before = (StageChange.objects.count(), DealChange.objects.count(), User.objects.count())

    again = imported(folder)

    assert (again["created"], again["unchanged"], again["differing"]) == (0, figures["applications"], 0)
    assert (StageChange.objects.count(), DealChange.objects.count(), User.objects.count()) == before
