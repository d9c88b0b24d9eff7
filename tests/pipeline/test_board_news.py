"""What an open board is told of changes: the cards concerned, those that are gone, and when to load anew."""

import re
from datetime import timedelta

import pgtrigger
import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from contacts.models import BuyingRole
from pipeline import board_news
from pipeline.actions import hand_over_deals, lose_deal, move_deal, name_person, set_next_step
from pipeline.board_news import whose_deals
from pipeline.models import Deal, LossReason, Stage
from tests.conftest import log_in
from tests.factories import DealFactory, PersonFactory

pytestmark = pytest.mark.django_db

NEWS = "/pipeline/board/news/"
LONG_AGO = timedelta(minutes=5)


@pytest.fixture
def quiet(people):
    """Deals that nobody touched for a while: two of `owner`, one of `stranger`."""
    deals = [DealFactory(owner=owner) for owner in (people.owner, people.owner, people.stranger)]
    with pgtrigger.ignore("pipeline.Deal:deal_is_announced"):
        Deal.objects.update(touched_at=timezone.now() - timedelta(days=1))
    return deals


def ask(client, since=None, **query):
    since = since or timezone.now() - LONG_AGO
    return client.get(NEWS, {"owner": "all", **query, "since": getattr(since, "isoformat", lambda: since)()})


def cards(response) -> list[int]:
    return sorted(int(key) for key in re.findall(r'data-deal="(\d+)"', response.content.decode()))


def gone(response) -> list[int]:
    return [int(key) for key in re.findall(r'data-gone="(\d+)"', response.content.decode())]


def test_nothing_changed_is_said_in_one_word(client, people, quiet):
    log_in(client, people, "owner")

    assert ask(client).status_code == 204


def test_a_moved_card_comes_with_all_heads(client, people, quiet):
    log_in(client, people, "manager")
    move_deal(quiet[0], Stage.KONTAKT, seen_in=Stage.AKQUISE, actor=people.owner, confirmed=True)

    response = ask(client)

    assert cards(response) == [quiet[0].pk]
    assert response.content.decode().count('hx-swap-oob="true"') == 6


@pytest.mark.parametrize(
    "change",
    [
        lambda deal: set_next_step(deal, "Anruf", timezone.localdate()),
        lambda deal: name_person(deal, PersonFactory(), BuyingRole.DECISION_MAKER, actor=deal.owner),
        lambda deal: Deal.objects.filter(pk=deal.pk).update(value=7),
    ],
    ids=["next step", "criterion", "in bulk"],
)
def test_whatever_a_card_shows_is_news(client, people, quiet, change):
    log_in(client, people, "owner")

    change(quiet[1])

    assert cards(ask(client)) == [quiet[1].pk]


def test_a_lost_deal_and_one_of_another_owner_are_gone(client, people, quiet):
    log_in(client, people, "owner")
    reason = LossReason.objects.get(code="price")
    lose_deal(quiet[0], reason, seen_in=Stage.AKQUISE, actor=people.owner)
    hand_over_deals([quiet[1]], people.colleague, actor=people.admin)

    response = ask(client, owner="me")

    assert (cards(response), sorted(gone(response))) == ([], [quiet[0].pk, quiet[1].pk])


def test_what_one_may_not_see_is_no_news(client, people, quiet, settings):
    settings.DEAL_VISIBILITY = "own"
    log_in(client, people, "owner")
    Deal.objects.filter(pk=quiet[2].pk).update(title="GEHEIM")

    assert ask(client).status_code == 204


def test_the_later_of_two_writings_has_the_later_stamp(people):
    deal = DealFactory(owner=people.owner)
    stamps = []
    for value in (1, 2):
        Deal.objects.filter(pk=deal.pk).update(value=value)
        stamps.append(Deal.objects.get(pk=deal.pk).touched_at)

    assert stamps[0] < stamps[1]


@pytest.mark.parametrize("visibility", ["own", "team"])
def test_what_one_may_no_longer_see_leaves_the_board(client, people, quiet, settings, visibility):
    settings.DEAL_VISIBILITY = visibility
    log_in(client, people, "owner")
    hand_over_deals([quiet[0]], people.stranger, actor=people.admin)

    response = ask(client, on=f"{quiet[0].pk},{quiet[1].pk}")

    assert (cards(response), gone(response)) == ([], [quiet[0].pk])


def test_a_deal_whose_import_was_undone_leaves_the_board(client, people, quiet):
    log_in(client, people, "manager")
    Deal.objects.filter(pk=quiet[0].pk).update(voided_at=timezone.now())

    assert gone(ask(client, on=quiet[0].pk)) == [quiet[0].pk]


@pytest.mark.parametrize("on", ["", ",,", "x,-1,1e9", "9" * 400, "\0", "1," * 4000])
def test_keys_that_are_none_are_no_news(client, people, quiet, on):
    log_in(client, people, "owner")

    assert ask(client, on=on).status_code in (200, 204)


def test_too_much_is_loaded_anew(client, people, quiet, monkeypatch):
    monkeypatch.setattr(board_news, "MOST_CHANGES", 1)
    log_in(client, people, "manager")
    Deal.objects.update(value=9)

    response = ask(client)

    assert "data-too-much" in response.content.decode()
    assert cards(response) == []


@pytest.mark.parametrize(
    "since",
    [
        *("", "gestern", "0000-13-99T99:99Z", "2026-01-01T00:00", "9" * 400, "\0"),
        *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"),
    ],
)
def test_a_moment_that_is_none_counts_as_now(client, people, quiet, since):
    log_in(client, people, "owner")

    assert client.get(NEWS, {"since": since}).status_code == 204


def test_news_cost_the_same_for_many_cards(client, people, count_queries):
    log_in(client, people, "manager")
    since = timezone.now() - LONG_AGO

    def queries() -> int:
        with count_queries() as counted:
            ask(client, since)
        return len(counted)

    DealFactory.create_batch(2, owner=people.owner)
    few = queries()
    DealFactory.create_batch(20, owner=people.stranger)
    assert queries() == few


def test_the_card_says_when_it_was_touched(client, people, quiet):
    log_in(client, people, "owner")
    quiet[0].refresh_from_db()

    page = client.get(reverse("pipeline:deal_board")).content.decode()

    assert f'data-touched="{quiet[0].touched_at.timestamp():f}"' in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("owner=me", ["owner"]),
        ("", ["owner"]),
        ("owner=all", None),
        ("owner=99999999", ["owner"]),
    ],
)
def test_whose_changes_a_board_is_told(people, query, names):
    expected = None if names is None else frozenset(getattr(people, name).pk for name in names)
    if "9999" in query:
        expected = None  # nobody's key: the filter understands everyone

    assert whose_deals(people.owner, QueryDict(query)) == expected


def test_a_teams_board_is_told_of_its_members(people):
    told = whose_deals(people.owner, QueryDict(f"owner=all&team={people.owner.team_id}"))

    assert told == {people.owner.pk, people.colleague.pk, people.manager.pk, people.deactivated.pk}


@pytest.mark.parametrize("query", ["owner=all", "owner=all&team={team}"])
def test_a_board_is_not_told_when_people_work_whose_deals_one_may_not_see(people, quiet, settings, query):
    settings.DEAL_VISIBILITY = "own"

    told = whose_deals(people.owner, QueryDict(query.format(team=people.stranger.team_id)))

    assert told == ({people.owner.pk} if "team" not in query else frozenset())
