"""manage.py stage_conversion: any moment of the past, from history alone."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from reporting import actions
from reporting.models import StageConversion, StageEntry
from reporting.periods import local_day, quarter_of, rolling_year
from tests.factories import UserFactory
from tests.reporting.world import days_ago, random_stories, tell, write

KEYS = ["by", "stage", "entered", "moved_on", "lost", "open", "rate", "low", "high", "median_days"]


def printed(**options: object) -> list[dict]:
    out = StringIO()
    call_command("stage_conversion", format="json", stdout=out, **options)
    return json.loads(out.getvalue())


def counts(lines: list[dict], by: str) -> dict[str, tuple]:
    return {
        line["stage"]: (line["entered"], line["moved_on"], line["lost"], line["open"])
        for line in lines
        if line["by"] == by
    }


def test_a_small_world_counted_by_hand(people):
    write(
        tell(people.owner, (90, 2), (80, 3), (70, "won"), opened=100),
        tell(people.owner, (90, 2), (60, "price"), opened=100),
        tell(people.owner, (95, "no_need"), opened=100),
        tell(people.owner, opened=50),
    )

    lines = printed(by="all")

    assert [list(line) for line in lines] == [KEYS] * 4
    assert counts(lines, "all") == {
        "akquise": (4, 2, 1, 1),
        "kontakt": (2, 1, 1, 0),
        "angebot": (1, 1, 0, 0),
        "abschluss": (1, 1, 0, 0),
    }
    # The open one is 50 days old, older than any of the ages (5 and 10) at which the others were decided.
    assert [line["rate"] for line in lines] == pytest.approx([2 / 4, 1 / 2, 1, 1], abs=1e-9)
    assert [line["median_days"] for line in lines] == pytest.approx([10, 10, 10, 0], abs=1e-4)


def test_what_someone_entered_stays_theirs_after_a_hand_over(people):
    a, b = people.owner, people.stranger
    moved = [tell(a, (200, 2), (150, b), (140, 3), (130, "won"), opened=210) for _ in range(40)]
    lost = [tell(a, (200, "no_need"), opened=210) for _ in range(20)]
    write(*moved, *lost)

    lines = printed(by="rep")

    assert counts(lines, a.email) == {"akquise": (60, 40, 20, 0), "kontakt": (40, 40, 0, 0)}
    assert counts(lines, b.email) == {"angebot": (40, 40, 0, 0), "abschluss": (40, 40, 0, 0)}
    assert lines[[line["by"] for line in lines].index(a.email)]["rate"] == pytest.approx(2 / 3, abs=1e-9)
    assert counts(printed(by="team"), people.owner.team.name)["akquise"] == (60, 40, 20, 0)


def test_what_happened_later_is_not_known(people):
    write(tell(people.owner, (90, 2), (50, "won"), opened=100))

    before, between = printed(as_of=days_ago(101).isoformat()), printed(as_of=days_ago(70).isoformat())

    assert before == []
    assert counts(between, "all") == {"akquise": (1, 1, 0, 0), "kontakt": (1, 0, 0, 1)}


def test_both_days_are_included_and_berlins(people):
    story = tell(people.owner, opened=100)
    write(story)
    day = local_day(story.deal.opened_at)

    def entered(first: object, last: object) -> bool:
        return bool(printed(**{"starts_on": str(first), "ends_on": str(last)}))

    assert entered(day, day)
    assert not entered(day + timedelta(days=1), day + timedelta(days=9))
    assert not entered(day - timedelta(days=9), day - timedelta(days=1))


@pytest.mark.parametrize("seed", [7, 8])
def test_the_stored_figures_are_those_of_the_command(people, seed):
    write(*random_stories([people.owner, people.colleague, people.stranger, UserFactory()], 150, seed))
    actions.mark_all_stale()
    actions.refresh_stale()
    as_of = StageConversion.objects.first().as_of
    today = timezone.localdate()
    quarter = quarter_of(today)

    for period, kind in ((rolling_year(today), "rolling12"), (quarter, "quarter")):
        for by, scope in (
            ("all", {"rep": None, "team": None}),
            ("rep", {"team": None}),
            ("team", {"rep": None}),
        ):
            days = {"starts_on": str(period.starts_on)} | (
                {"ends_on": str(period.ends_on)} if period.ends_on else {}
            )
            rows = StageConversion.objects.filter(
                period=kind, starts_on=period.starts_on, stage__gte=1, **scope
            )
            if by != "all":
                rows = rows.exclude(**{by: None})
            lines = printed(by=by, as_of=as_of.isoformat(), **days)
            next_stages = [row for row in rows.select_related("rep", "team") if row.target == row.stage + 1]
            assert sorted(map(_values, lines)) == sorted(_row_values(row, by) for row in next_stages)


def _values(line: dict) -> tuple:
    return tuple(repr(line[key]) for key in KEYS if key != "stage")


def _row_values(row: StageConversion, by: str) -> tuple:
    name = "all" if by == "all" else row.rep.email if by == "rep" else row.team.name
    numbers = (
        row.entered,
        row.moved_on,
        row.lost,
        row.still_open,
        row.rate,
        row.low,
        row.high,
        row.median_days,
    )
    return tuple(repr(value) for value in (name, *numbers))


def test_it_reads_history_and_nothing_that_was_computed(people):
    write(*random_stories([people.owner, people.colleague], 30, 3))

    lines = printed(by="rep")

    assert lines
    assert not StageEntry.objects.exists()


def test_the_table_says_the_same_for_people(people, capsys):
    write(tell(people.owner, (90, 2), opened=100))

    call_command("stage_conversion")

    out = capsys.readouterr().out.splitlines()
    assert out[0].split()[:3] == ["by", "stage", "entered"]
    assert out[1].split()[:6] == ["all", "akquise", "1", "1", "0", "0"]


@pytest.mark.parametrize(
    "options",
    [{"as_of": "gestern"}, {"starts_on": "2026-13-01"}, {"starts_on": "2026-02-02", "ends_on": "2026-02-01"}],
)
def test_days_that_are_none_are_refused(db, options):
    with pytest.raises(CommandError):
        call_command("stage_conversion", **options)
