"""Data quality: hand-counted scores, the queue, the picture of a day, and whose figures are shown to whom."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from contacts.models import BuyingRole, Channel
from pipeline.actions import move_deal
from pipeline.models import Deal, DealPerson, Stage
from quality.actions import take_stock
from quality.models import QualityDay
from quality.page import QualityPage
from quality.queue import Queue
from quality.records import tallies
from quality.use import read_use
from reporting.scopes import visible_scopes
from tests.conftest import log_in
from tests.factories import ActivityFactory, DealFactory, LeadFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


def good(owner) -> Deal:
    """A deal that breaks no rule but those of its customer's stand."""
    deal = DealFactory(owner=owner, source=SourceFactory(), value=100)
    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=owner, confirmed=True)
    person = PersonFactory()
    DealPerson.objects.create(deal=deal, person=person, role=BuyingRole.DECISION_MAKER)
    Channel.objects.create(person=person, kind="phone", value="+49301234567")
    Deal.objects.filter(pk=deal.pk).update(
        next_step="Anruf", next_step_on=timezone.localdate() + TOMORROW, expected_close_on=None
    )
    return deal


def bad(owner) -> Deal:
    """A deal that breaks five rules and that of the stand."""
    deal = DealFactory(owner=owner, source=None, value=0)
    move_deal(deal, Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=owner, confirmed=True)
    Deal.objects.filter(pk=deal.pk).update(
        next_step="", next_step_on=None, expected_close_on=None, source=None, value=0
    )
    return deal


def test_scores_are_counted_by_hand(people):
    good(people.owner)
    bad(people.owner)

    (row,) = tallies("deals")

    # Of 110: no next step 20, decision maker 15, value 10, source 5, unreachable 15; the stand 5 for both.
    assert row.broken == {
        **{"no_next_step": 1, "no_decision_maker": 1, "no_value": 1, "no_source": 1, "unreachable": 1},
        "stale": 2,
    }
    assert (row.records, row.points) == (2, 100 * 105 // 110 + 100 * 40 // 110)


def test_leads_have_rules_of_their_own(people):
    LeadFactory(owner=people.owner, source=None, phone="", email="")

    (row,) = tallies("leads")

    assert {"no_source", "unreachable"} <= row.broken.keys()


def test_the_queue_shows_the_worst_first_and_goes_on(client, people):
    worst, better = bad(people.owner), good(people.owner)
    bad(people.colleague)

    first = Queue(people.owner, QueryDict(""))

    assert (first.record, first.count) == (worst, 2)
    assert {str(fault.url) for fault in first.faults} >= {reverse("pipeline:deal_edit", args=[worst.pk])}
    assert Queue(people.owner, QueryDict("place=1")).record == better
    assert Queue(people.owner, QueryDict("rule=no_value")).count == 1
    log_in(client, people, "owner")
    for query in ("", "?place=1", "?place=99", "?subject=leads", "?rule=nonsense&place=-1&subject=%00"):
        assert client.get(reverse("quality:queue") + query).status_code == 200


def test_a_day_is_written_once_and_shown_as_far_as_one_may_see(people):
    bad(people.owner)
    bad(people.stranger)

    assert (take_stock(), take_stock(), take_stock(only_if_missing=True)) == (2, 2, 0)

    assert QualityDay.objects.count() == 2
    with translation.override("de"):
        pages = {name: QualityPage(one, visible_scopes(one)) for name, one in vars(people).items()}
        own = [one.name for one in pages["owner"].everyone]
    assert own == ["Meine Vorgänge", "Nord"]
    assert [one.name for one in pages["manager"].everyone] == ["Nord"]
    assert [one.name for one in pages["admin"].everyone] == ["Nord", "Süd"]
    assert all(not line.url for lines in pages["manager"].teams[0].lines.values() for line in lines)


def test_figures_of_few_people_are_not_shown_where_the_house_wants_none(people, settings):
    bad(people.owner)
    take_stock()
    settings.PER_REP_FIGURES = "team"

    assert QualityPage(people.owner, visible_scopes(people.owner)).everyone == []


def test_use_is_counted_by_hand(people):
    deal = good(people.owner)
    done = timezone.now() - timedelta(hours=3)
    ActivityFactory(author=people.owner, deal=deal, at=done)
    moved = bad(people.owner)

    use = read_use([people.owner.pk])

    assert (use.open_deals, use.with_next_step) == (2, 1)
    assert (use.moves, use.backed_moves) == (2, 1)
    assert (use.entries, use.active_days) == (1, 1)
    assert timedelta(hours=2.9) < use.entry_delay < timedelta(hours=3.1)
    assert moved.pk
