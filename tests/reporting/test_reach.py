"""How far the deals of the year before had come: stored as it is counted, kept right, checked at night."""

import pytest
from django.utils import timezone

from pipeline.actions import move_deal
from pipeline.models import Stage
from reporting import actions, counts
from reporting.models import EarlierReach, Rebuild
from reporting.periods import rolling_year
from reporting.scopes import visible_scopes
from reporting.selection import Selection
from tests.reporting.world import random_stories, tell, write

pytestmark = pytest.mark.django_db


def computed(*stories):
    deals = write(*stories)
    actions.mark_all_stale()
    actions.refresh_stale()
    return deals


def year_before(**whose: object) -> Selection:
    return Selection(rolling_year(timezone.localdate()).before(), **whose)


@pytest.mark.parametrize("whose", ["all", "team", "rep"])
def test_what_is_stored_is_what_is_counted(people, whose):
    computed(*random_stories([people.owner, people.colleague, people.stranger], 120, 4, days=760))
    scopes = visible_scopes(people.admin)
    narrowed = {"all": {}, "team": {"team": people.owner.team}, "rep": {"rep": people.owner}}[whose]
    stored = counts.reached_by_then(year_before(**narrowed), scopes)

    EarlierReach.objects.all().delete()

    assert stored == counts.reached_by_then(year_before(**narrowed), scopes)
    assert stored[1].deals > stored[3].deals > 0


def test_a_move_of_today_leaves_it_and_a_voided_deal_leaves_nothing(people):
    (deal,) = computed(tell(people.owner, (500, 2), opened=510))
    before = EarlierReach.objects.get()

    move_deal(deal, Stage.ANGEBOT, seen_in=Stage.KONTAKT, actor=people.owner, confirmed=True)
    actions.mark_deal_stale(deal.pk)
    actions.refresh_stale()
    assert EarlierReach.objects.get().pk == before.pk

    deal.refresh_from_db()
    deal.voided_at = timezone.now()
    deal.save(update_fields=["voided_at"])
    actions.mark_deal_stale(deal.pk)
    actions.refresh_stale()
    assert not EarlierReach.objects.exists()


def test_the_night_finds_one_that_is_wrong(people):
    computed(tell(people.owner, (500, 2), opened=510))
    EarlierReach.objects.update(stage=4)

    night = actions.rebuild_figures(Rebuild.Reason.NIGHT)

    assert night.difference_count == 1
    assert EarlierReach.objects.get().stage == 2
    assert actions.rebuild_figures(Rebuild.Reason.NIGHT).difference_count == 0
