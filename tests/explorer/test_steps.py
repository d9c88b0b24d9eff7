"""The sums of stage changes: equal to the history, whatever happened, and answered from where they may be."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import timezone

from explorer import shortcuts, steps
from explorer.models import StepMark, StepSum
from explorer.page import ExplorerPage
from pipeline.actions import move_deal
from pipeline.models import Deal, Stage
from reporting.scopes import visible_scopes
from tests.factories import DealFactory, SourceFactory, lost, won

pytestmark = pytest.mark.django_db


def kept() -> list[tuple]:
    return sorted(map(str, StepSum.objects.values_list(*steps.COLUMNS)))


def truth() -> list[tuple]:
    return sorted(map(str, steps.counted()))


@pytest.fixture
def moved(people):
    """Deals of some days, opened, moved, won, lost; the sums are of before."""
    chance = random.Random(5)
    sources = [SourceFactory(), None]
    for place in range(12):
        deal = DealFactory(
            owner=chance.choice([people.owner, people.colleague, people.stranger]),
            source=chance.choice(sources),
            value=Decimal(100 + place),
            at=timezone.now() - timedelta(days=chance.randrange(1, 90)),
        )
        if place % 2:
            deal = move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=deal.owner, confirmed=True)
        {0: won, 1: lost}.get(place % 5, lambda one: one)(deal)


def test_all_is_counted_first(moved):
    steps.mark_all()

    assert steps.refresh() > 0

    assert kept() == truth() != []
    assert (steps.refresh(), StepMark.objects.count()) == (0, 0)


def test_just_what_is_marked_is_counted_again(people, moved):
    steps.mark_all()
    steps.refresh()
    deal = Deal.objects.filter(outcome="open", stage=Stage.AKQUISE).first()
    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=deal.owner, confirmed=True)
    assert kept() != truth()

    steps.mark_deal(deal.pk)
    steps.refresh()

    assert kept() == truth()
    assert steps.check() == []


def test_the_night_finds_and_mends_what_was_missed(moved):
    steps.mark_all()
    steps.refresh()
    row = StepSum.objects.order_by("pk").first()
    StepSum.objects.filter(pk=row.pk).update(changes=row.changes + 1)

    assert steps.check() == [row.day]

    assert kept() == truth()


def test_the_sums_answer_as_the_history_does(people, moved, monkeypatch):
    monkeypatch.setattr(shortcuts, "FROM_ROWS", 0)
    steps.mark_all()
    steps.refresh()
    chance = random.Random(1)
    for measure in shortcuts.SUMMED.measures:
        for _each in range(4):
            axes = zip(
                ("rows", "split", "columns"), chance.sample(list(shortcuts.SUMMED.dimensions), 3), strict=True
            )
            query = f"subject=changes&measure={measure}&period=all&" + "&".join(f"{a}={d}" for a, d in axes)
            quick = ExplorerPage(QueryDict(query), people.admin, visible_scopes(people.admin))
            assert quick.rows.model is StepSum
            found = quick.cells.sums
            monkeypatch.setattr(shortcuts, "FROM_ROWS", 10**6)
            direct = ExplorerPage(QueryDict(query), people.admin, visible_scopes(people.admin))
            assert direct.rows.model is not StepSum
            assert found == direct.cells.sums, query
            monkeypatch.setattr(shortcuts, "FROM_ROWS", 0)


def test_who_does_not_see_every_deal_gets_no_sums(people, moved, settings, monkeypatch):
    monkeypatch.setattr(shortcuts, "FROM_ROWS", 0)
    settings.DEAL_VISIBILITY = "own"
    steps.mark_all()
    steps.refresh()

    page = ExplorerPage(QueryDict("subject=changes"), people.owner, visible_scopes(people.owner))

    assert page.rows.model is not StepSum
