"""Won deals like this one, on its page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pipeline.similar_deals import MOST_SHOWN, similar_won_deals
from tests.conftest import log_in
from tests.factories import DealFactory, ProductFactory, lost, won

pytestmark = pytest.mark.django_db


def titles(deal, user) -> list[str]:
    return [one.deal.title for one in similar_won_deals(deal, user)]


def test_the_nearest_in_value_stand_first_and_others_are_left_out(people):
    product = ProductFactory()
    deal = DealFactory(owner=people.owner, product=product, value=1000)
    for title, value in (("far", 9000), ("near", 1100), ("nearer", 990)):
        won(DealFactory(owner=people.owner, product=product, value=value, title=title))
    won(DealFactory(owner=people.owner, product=ProductFactory(), value=1000, title="other product"))
    won(DealFactory(owner=people.owner, product=product, value=1000, currency="CHF", title="francs"))
    lost(DealFactory(owner=people.owner, product=product, value=1000, title="lost"))
    DealFactory(owner=people.owner, product=product, value=1000, title="open")

    assert titles(deal, people.owner) == ["nearer", "near", "far"]


def test_a_deal_without_a_product_is_like_no_other_and_none_is_like_itself(people):
    product = ProductFactory()
    alone = won(DealFactory(owner=people.owner, product=product))
    without = DealFactory(owner=people.owner)

    assert titles(alone, people.owner) == titles(without, people.owner) == []


def test_no_more_than_a_few_are_shown_and_each_says_how_long_it_took(people):
    product = ProductFactory()
    deal = DealFactory(owner=people.owner, product=product)
    for _ in range(MOST_SHOWN + 2):
        won(DealFactory(owner=people.owner, product=product, at=timezone.now() - timedelta(days=12, hours=1)))

    similar = similar_won_deals(deal, people.owner)

    assert [one.days for one in similar] == [12] * MOST_SHOWN


@pytest.mark.parametrize("visibility", ["all", "own"])
def test_what_a_user_may_not_see_is_not_told_of(client, people, settings, visibility):
    settings.DEAL_VISIBILITY = visibility
    product = ProductFactory(name="Wallbox")
    deal = DealFactory(owner=people.owner, product=product)
    won(DealFactory(owner=people.stranger, product=product, title="foreign"))
    log_in(client, people, "owner")

    page = client.get(reverse("pipeline:deal_detail", args=[deal.pk])).content.decode()

    assert ("Ähnliche gewonnene" in page) == (visibility == "all")
