"""Potentials: estimating with history, what is open, what orders say, and the one deal of two clicks."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from core.models import Delivery
from offers.actions import LineFacts, cancel_order
from pipeline.models import Deal, Stage
from potentials.actions import (
    Estimate,
    add_potential,
    archive_potential,
    estimate_again,
    open_deal_of,
    unarchive_potential,
)
from potentials.bought import a_year_before, recount_bought
from potentials.errors import NothingOpen, PotentialChangedMeanwhile, PotentialExists, PotentialWorkedOn
from potentials.models import Potential, PotentialEstimate
from potentials.tasks import recount_of_order
from tests.factories import (
    CompanyFactory,
    OrderFactory,
    PotentialFactory,
    ProductFactory,
    ProductGroupFactory,
    lost,
)

pytestmark = pytest.mark.django_db


def estimate(demand: int, **said: object) -> Estimate:
    return Estimate(demand=Decimal(demand), estimated_on=timezone.localdate(), **said)


def test_every_estimate_is_kept_and_the_last_one_counts(people):
    potential = PotentialFactory(demand=Decimal(100_000), stated_share=Decimal("0.25"), actor=people.owner)

    potential = estimate_again(potential, estimate(80_000), seen_version=1, actor=people.owner)

    assert (potential.demand, potential.open_value, potential.share) == (80_000, 80_000, None)
    assert [row.demand for row in potential.estimates.all()] == [80_000, 100_000]
    with pytest.raises(InternalError), transaction.atomic():
        PotentialEstimate.objects.update(demand=1)
    with pytest.raises(PotentialChangedMeanwhile):
        estimate_again(potential, estimate(1), seen_version=1, actor=people.owner)


def test_there_is_one_estimate_for_a_company_a_group_and_a_year(people):
    first = PotentialFactory()

    with pytest.raises(PotentialExists):
        add_potential(first.company, first.group, estimate(5), actor=people.owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Potential.objects.create(company=first.company, group=first.group, demand=5)

    archive_potential(first, actor=people.owner)
    add_potential(first.company, first.group, estimate(5), actor=people.owner)
    with pytest.raises(PotentialExists):
        unarchive_potential(first, actor=people.owner)


def test_a_form_sent_twice_enters_one_potential(people):
    company, group, key = CompanyFactory(), ProductGroupFactory(), uuid4()

    twice = [add_potential(company, group, estimate(5), actor=people.owner, form_key=key) for _ in "ab"]

    assert twice[0] == twice[1]


def test_the_estimate_of_a_year_stands_in_for_that_of_every_year():
    always = PotentialFactory()
    exact = PotentialFactory(company=always.company, group=always.group, year=2031)

    assert list(Potential.objects.all().of_year(2031)) == [exact]
    assert list(Potential.objects.all().of_year(2032)) == [always]


def test_what_was_bought_in_twelve_months_counts_instead_of_what_was_stated(people):
    product = ProductFactory(group=ProductGroupFactory())
    potential = PotentialFactory(group=product.group, demand=Decimal(1000), stated_share=Decimal("0.9"))
    assert potential.open_value == 100
    line = LineFacts("Stahlblech", Decimal(2), Decimal(150), product=product)
    today = timezone.localdate()

    OrderFactory(company=potential.company, lines=[line], ordered_on=a_year_before(today), owner=people.owner)
    recount_bought()
    potential.refresh_from_db()
    assert (potential.bought, potential.share, potential.open_value) == (0, 0, 1000)

    order = OrderFactory(
        company=potential.company, lines=[line], ordered_on=today - timedelta(days=1), owner=people.owner
    )
    recount_of_order(Delivery.objects.latest("pk").pk)
    potential.refresh_from_db()
    assert (potential.bought, potential.share, potential.open_value) == (300, Decimal("0.3"), 700)

    cancel_order(order, reason="Doch nicht", actor=people.owner)
    assert recount_bought([potential.company_id]) == 1
    assert recount_bought() == 0


def test_more_than_the_demand_leaves_nothing_open(people):
    product = ProductFactory(group=ProductGroupFactory())
    potential = PotentialFactory(group=product.group, demand=Decimal(100))
    line = LineFacts("Stahlblech", Decimal(2), Decimal(150), product=product)
    OrderFactory(company=potential.company, lines=[line], owner=people.owner)

    recount_bought()

    potential.refresh_from_db()
    assert (potential.share, potential.open_value) == (1, 0)
    with pytest.raises(NothingOpen):
        open_deal_of(potential, actor=people.owner)


def test_two_clicks_open_one_deal_with_what_is_open(people):
    product = ProductFactory(group=ProductGroupFactory(name="Speicher"))
    potential = PotentialFactory(group=product.group, demand=Decimal(1000), stated_share=Decimal("0.4"))

    deals = [open_deal_of(potential, actor=people.owner) for _ in "ab"]

    assert deals[0] == deals[1]
    deal = Deal.objects.get()
    assert (deal.title, deal.value, deal.stage, deal.product) == ("Speicher", 600, Stage.AKQUISE, product)
    assert (deal.company, deal.owner) == (potential.company, people.owner)

    lost(deal)
    assert open_deal_of(potential, actor=people.owner) != deal


def test_the_deal_of_a_colleague_is_not_shown_to_who_may_not_see_it(people, settings):
    settings.DEAL_VISIBILITY = "own"
    potential = PotentialFactory()
    open_deal_of(potential, actor=people.owner)

    with pytest.raises(PotentialWorkedOn):
        open_deal_of(potential, actor=people.stranger)


def test_a_year_before_the_leap_day_is_the_last_of_february():
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)
