"""What a target may be, and setting whole tables of them."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from core.models import Event
from planning.actions import Change, set_targets, take_over_targets
from planning.errors import TargetsChanged
from planning.models import Line, Measure, Planned, SalesTarget, is_planned_by, usual_lines

MAY = date(2026, 5, 1)
REVENUE = Line(Measure.REVENUE, currency="EUR")
WON = Line(Measure.WON)
ENTRIES = Line(Measure.ENTRIES, stage=3)


def target(**values: object) -> SalesTarget:
    return SalesTarget.objects.create(**{"month": MAY, "measure": "won", "amount": 5, **values})


@pytest.mark.parametrize(
    "values",
    [
        {"rep": None, "team": None},
        {"month": date(2026, 5, 2)},
        {"measure": "calls"},
        {"amount": 0},
        {"amount": -3},
        {"amount": Decimal("2.5")},
        {"measure": "revenue"},
        {"measure": "revenue", "currency": "eur"},
        {"measure": "revenue", "currency": "EUR", "stage": 2},
        {"measure": "entries"},
        {"measure": "entries", "stage": 6},
        {"stage": 2},
        {"currency": "EUR"},
    ],
    ids=str,
)
def test_the_database_refuses_what_is_no_target(people, values):
    with pytest.raises(IntegrityError):
        target(**{"team": people.owner.team, **values})


def test_a_target_is_of_a_rep_or_of_a_team_and_not_of_both(people):
    with pytest.raises(IntegrityError):
        target(rep=people.owner, team=people.owner.team)


@pytest.mark.parametrize(
    "line",
    [
        {"measure": "revenue", "currency": "EUR", "amount": Decimal("0.01")},
        {"measure": "won"},
        {"measure": "entries", "stage": 5},
    ],
    ids=str,
)
def test_there_is_one_target_for_a_month_though_rep_team_and_stage_are_missing(people, line):
    target(rep=people.owner, **line)
    target(team=people.owner.team, **line)

    with pytest.raises(IntegrityError):
        target(team=people.owner.team, **line)


def test_setting_writes_what_is_new_and_takes_away_what_is_emptied(people):
    team = Planned(people.owner.team)
    gone, kept = target(team=team.team, measure="offers"), target(team=team.team)

    changed = set_targets(
        team,
        {
            (REVENUE, MAY): Change(Decimal("120000.50"), seen=None),
            (ENTRIES, MAY): Change(Decimal(12), seen=None),
            (Line(Measure.OFFERS), MAY): Change(None, seen=gone.amount),
            (WON, MAY): Change(Decimal(7), seen=kept.amount),
        },
        actor=people.manager,
    )

    rows = SalesTarget.objects.of(team).values_list("measure", "stage", "currency", "amount")
    assert sorted(rows, key=str) == [
        ("entries", 3, "", 12),
        ("revenue", None, "EUR", Decimal("120000.50")),
        ("won", None, "", 7),
    ]
    assert changed == 4
    event = Event.objects.get(kind="targets.set")
    assert (event.subject_kind, event.subject_id, event.payload) == ("team", team.row.pk, {"count": 4})


def test_what_somebody_else_set_meanwhile_is_not_overwritten_unseen(people):
    rep = Planned(people.owner)
    target(rep=people.owner, amount=9)

    with pytest.raises(TargetsChanged):
        set_targets(rep, {(WON, MAY): Change(Decimal(5), seen=None)}, actor=people.manager)

    assert SalesTarget.objects.get().amount == 9


def test_two_who_set_the_same_agree(people):
    rep = Planned(people.owner)
    target(rep=people.owner, amount=9)

    assert set_targets(rep, {(WON, MAY): Change(Decimal(9), seen=None)}, actor=people.manager) == 0
    assert not Event.objects.exists()


def test_a_file_has_the_last_word_on_what_it_names(people):
    rep = Planned(people.owner)
    target(rep=people.owner, amount=9)
    target(rep=people.owner, measure="offers", amount=20)

    assert take_over_targets(rep, {(WON, MAY): Decimal(5)}, actor=None) == 1

    assert set(SalesTarget.objects.values_list("measure", "amount")) == {("won", 5), ("offers", 20)}


def test_managers_plan_their_teams_and_the_reps_in_them_admins_all(people):
    north, rep = Planned(people.owner.team), Planned(people.owner)

    may = {
        who: (is_planned_by(north, user), is_planned_by(rep, user))
        for who, user in vars(people).items()
        if who != "deactivated"
    }

    assert may.pop("manager") == may.pop("admin") == (True, True)
    assert set(may.values()) == {(False, False)}


def test_where_no_figures_of_persons_are_shown_nobody_has_targets_of_their_own(people, settings):
    settings.PER_REP_FIGURES = "team"

    assert is_planned_by(Planned(people.owner.team), people.admin)
    assert not is_planned_by(Planned(people.owner), people.admin)
    own, of_team = target(rep=people.owner), target(team=people.owner.team)
    assert list(SalesTarget.objects.editable_by(people.manager)) == [of_team]
    settings.PER_REP_FIGURES = "self_and_manager"
    assert set(SalesTarget.objects.editable_by(people.manager)) == {own, of_team}


def test_the_keys_of_lines_are_told_apart():
    keys = [line.key for line in usual_lines()]

    assert keys == ["revenue-EUR", "won", "offers", "appointments", *(f"entries-{n}" for n in range(1, 6))]


@pytest.mark.django_db(transaction=True)
def test_two_who_set_the_first_target_at_once_leave_one_and_a_refusal(people):
    team = Planned(people.owner.team)
    refused: list[Exception] = []

    def rival() -> None:
        try:
            set_targets(team, {(WON, MAY): Change(Decimal(8), seen=None)}, actor=people.admin)
        except TargetsChanged as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=rival)
    with transaction.atomic():
        set_targets(team, {(WON, MAY): Change(Decimal(5), seen=None)}, actor=people.manager)
        thread.start()
        _wait_for_a_waiting_lock()
    thread.join(10)

    assert SalesTarget.objects.get().amount == 5
    assert len(refused) == 1


def _wait_for_a_waiting_lock() -> None:
    for _attempt in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted), pg_sleep(0.02)")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited")
