"""Who sees and who may change a deal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Cover, Team
from pipeline.actions import add_member
from pipeline.models import Deal
from tests.factories import DealFactory, UserFactory

pytestmark = pytest.mark.django_db

EVERYONE = {"owner", "colleague", "manager", "stranger", "other_manager", "admin"}


def those_who(people, method: str, deal: Deal) -> set[str]:
    return {who for who in EVERYONE if getattr(Deal.objects, method)(getattr(people, who)).filter(pk=deal.pk)}


@pytest.mark.parametrize(
    ("visibility", "expected"),
    [
        ("all", EVERYONE),
        ("team", {"owner", "colleague", "manager", "admin"}),
        ("own", {"owner", "manager", "admin"}),
    ],
)
def test_visibility_follows_the_setting(people, settings, visibility, expected):
    settings.DEAL_VISIBILITY = visibility

    assert those_who(people, "visible_to", DealFactory(owner=people.owner)) == expected


def test_owner_manager_and_admin_may_edit(people):
    assert those_who(people, "editable_by", DealFactory(owner=people.owner)) == {"owner", "manager", "admin"}


def test_a_co_worker_may_edit(people):
    deal = DealFactory(owner=people.owner)

    add_member(deal, people.stranger, actor=people.owner)

    assert "stranger" in those_who(people, "editable_by", deal)


@pytest.mark.parametrize(
    ("starts", "ends", "may"), [(-1, 1, True), (0, 0, True), (1, 2, False), (-2, -1, False)]
)
def test_a_stand_in_may_edit_while_the_cover_runs(people, starts, ends, may):
    deal, today = DealFactory(owner=people.owner), timezone.localdate()
    Cover.objects.create(
        owner=people.owner,
        stand_in=people.colleague,
        starts_on=today + timedelta(days=starts),
        ends_on=today + timedelta(days=ends),
    )

    assert ("colleague" in those_who(people, "editable_by", deal)) is may


def test_those_without_a_team_are_no_teammates(settings):
    settings.DEAL_VISIBILITY = "team"
    nowhere = Team.objects.unassigned()
    one, other = UserFactory(team=nowhere), UserFactory(team=nowhere)

    deal = DealFactory(owner=one)

    assert not Deal.objects.visible_to(other).filter(pk=deal.pk).exists()


def test_nobody_sees_a_voided_deal(people):
    deal = DealFactory(owner=people.owner)

    Deal.objects.filter(pk=deal.pk).update(voided_at=timezone.now())

    assert those_who(people, "visible_to", deal) == set()
