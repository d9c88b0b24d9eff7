"""Recomputing what a move makes stale, and the nightly check that nothing was missed."""

import random
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.models import Delivery
from pipeline.actions import move_deal, reopen_deal, undo_move
from pipeline.models import Deal, Stage
from reporting import actions
from reporting.models import DealStanding, Rebuild, StageConversion, StageEntry, StaleMark
from reporting.periods import rolling_year
from tests.factories import DealFactory, UserFactory, lost, won
from tests.reporting.world import random_stories, tell, write

FIGURES = [field.name for field in StageConversion._meta.fields if field.name not in {"id", "as_of"}]


def stored() -> dict[str, list[tuple]]:
    """Everything computed, without keys and moments of computation."""
    return {
        "entries": list(StageEntry.objects.order_by("deal", "stage").values_list()),
        "standings": list(DealStanding.objects.order_by("deal").values_list()),
        "figures": sorted(StageConversion.objects.values_list(*FIGURES), key=repr),
    }


def refresh(*deals: Deal) -> None:
    for deal in deals:
        actions.mark_deal_stale(deal.pk)
    actions.refresh_stale()


def row(stage: int, target: int | None = None, **scope: object) -> StageConversion:
    keys = {"rep": None, "team": None, "period": "rolling12", **scope}
    return StageConversion.objects.get(stage=stage, target=target or stage + 1, **keys)


def test_a_move_changes_the_figures_of_its_rep_the_team_and_all(people):
    deal, other = DealFactory(owner=people.owner), DealFactory(owner=people.stranger)
    refresh(deal, other)

    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)
    refresh(deal)

    for scope in ({"rep": people.owner}, {"team": people.owner.team}):
        assert (row(1, **scope).entered, row(1, **scope).moved_on, row(1, **scope).rate) == (1, 1, 1.0)
    assert (row(1).entered, row(1).moved_on, row(1).still_open) == (2, 1, 1)
    assert row(1, rep=people.stranger).moved_on == 0
    assert row(2, rep=people.owner, period="quarter").entered == 1


def test_a_move_leaves_the_figures_of_others_alone(people):
    deal, other = DealFactory(owner=people.owner), DealFactory(owner=people.stranger)
    refresh(deal, other)
    untouched = row(1, rep=people.stranger).as_of

    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)
    refresh(deal)

    assert row(1, rep=people.stranger).as_of == untouched
    assert row(1, rep=people.owner).as_of > untouched


def test_a_move_leaves_the_way_to_later_stages_alone(people):
    deal = DealFactory(owner=people.owner)
    refresh(deal)
    untouched = row(1, Stage.VERHANDLUNG).as_of

    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)
    refresh(deal)

    assert row(1, Stage.VERHANDLUNG).as_of == untouched
    assert row(1, Stage.KONTAKT).as_of > untouched


def test_an_undone_move_was_never_a_conversion(people):
    deal = DealFactory(owner=people.owner)
    refresh(deal)
    before = stored()

    moved = move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)
    refresh(deal)
    undo_move(moved, seen_seq=2, actor=people.owner)
    refresh(deal)

    assert stored()["figures"] == before["figures"]


def test_many_marks_are_worked_off_in_one_go(people, count_queries):
    refresh(DealFactory(owner=people.owner))
    for _ in range(11):
        actions.mark_deal_stale(DealFactory(owner=people.owner).pk)

    with count_queries() as counted:
        assert actions.refresh_stale() == 11

    assert not StaleMark.objects.exists()
    assert row(1).entered == 12
    written = [query["sql"] for query in counted if "reporting_stageconversion" in query["sql"]]
    assert len([sql for sql in written if "INSERT" in sql]) == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_recomputing_step_by_step_gives_what_history_alone_gives(people, seed):
    owners = [people.owner, people.colleague, people.stranger, UserFactory(team=people.stranger.team)]
    write(*random_stories(owners, 120, seed))
    actions.mark_all_stale()
    actions.refresh_stale()
    chance = random.Random(seed)

    for deal in random_stories(owners, 40, seed + 100, days=60):
        refresh(*write(deal))
    for deal in chance.sample(list(Deal.objects.all()), 40):
        _do_something(deal, chance)
        refresh(deal)

    rebuilt = actions.rebuild_figures(Rebuild.Reason.NIGHT)
    assert (rebuilt.difference_count, rebuilt.differences) == (0, [])
    assert StageConversion.objects.filter(verdict__in=["above", "below", "indistinguishable"]).exists()


def _do_something(deal: Deal, chance: random.Random) -> None:
    if not deal.is_open:
        reopen_deal(deal, actor=deal.owner)
    elif chance.random() < 0.2:
        lost(deal)
    elif chance.random() < 0.2:
        won(deal)
    else:
        to = Stage(chance.choice([stage for stage in range(1, 6) if stage != deal.stage]))
        moved = move_deal(deal, to, seen_in=Stage(deal.stage), actor=deal.owner, confirmed=True)
        if chance.random() < 0.3:
            undo_move(moved, seen_seq=moved.stage_changes.count(), actor=deal.owner)


def test_the_nightly_check_finds_a_figure_that_is_wrong(people):
    refresh(*write(tell(people.owner, (90, 2), (80, 3)), tell(people.owner, (70, "price"))))
    StageConversion.objects.filter(rep=people.owner, team=None, stage=1, target=2, period="rolling12").update(
        moved_on=2
    )

    rebuilt = actions.rebuild_figures(Rebuild.Reason.NIGHT)

    assert rebuilt.difference_count == 1
    assert rebuilt.differences[0]["rep"] == people.owner.pk
    assert row(1, rep=people.owner).moved_on == 1


def test_the_nightly_check_finds_a_missed_move_and_excuses_one_on_its_way(people):
    missed, on_its_way = DealFactory(owner=people.owner), DealFactory(owner=people.owner)
    refresh(missed, on_its_way)
    Delivery.objects.update(done_at=timezone.now())
    for deal in (missed, on_its_way):
        move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)
    Delivery.objects.filter(done_at=None, event__subject_id=missed.pk).update(done_at=timezone.now())

    rebuilt = actions.rebuild_figures(Rebuild.Reason.NIGHT)

    assert rebuilt.differences == [{"deal": missed.pk}]
    assert row(1).moved_on == 2


def test_the_night_rolls_the_year_on(people):
    begins_at = rolling_year(timezone.localdate()).begins_at
    first_hour = (timezone.now() - begins_at) / timedelta(days=1) - 0.02
    refresh(*write(tell(people.owner, opened=first_hour), tell(people.owner, opened=100)))
    assert row(1).entered == 2

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        rebuilt = actions.rebuild_figures(Rebuild.Reason.NIGHT)

    assert rebuilt.difference_count == 0
    assert row(1).entered == 1
    assert StageConversion.objects.filter(period="rolling12").values("starts_on").distinct().count() == 1


def test_a_voided_deal_leaves_no_figure(people):
    deal = DealFactory(owner=people.owner)
    refresh(deal)

    Deal.objects.filter(pk=deal.pk).update(voided_at=timezone.now())
    refresh(deal)

    assert stored() == {"entries": [], "standings": [], "figures": []}
