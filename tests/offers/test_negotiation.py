"""Negotiating: what was given for what, the first round moves the deal, limits, and how often we won."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from offers.actions import GroundFacts, PointFacts, RoundFacts, add_round, set_ground, settle_point
from offers.discounts import bands, middle, wilson
from offers.errors import PointForeign, PointSettled
from offers.facts import OfferLineFacts
from offers.models import Acceptance, NegotiationPoint, SentDocument
from offers.negotiation_chart import bars
from offers.negotiation_page import Workspace
from pipeline.models import Stage
from tests.conftest import log_in
from tests.factories import DealFactory, ProductFactory
from tests.offers.offered import sent

pytestmark = pytest.mark.django_db


def demand(deal, kind="price", text="5 % weniger", **more):
    facts = RoundFacts(side="customer", points=(PointFacts(kind=kind, text=text, **more),))
    return add_round(deal, facts, actor=deal.owner).points.get()


def test_the_first_round_moves_the_deal_and_what_is_given_settles_what_was_asked():
    deal = DealFactory(stage=Stage.ANGEBOT)
    wanted = demand(deal)
    given = PointFacts(
        kind="price", text="3 % Nachlass", move="give", amount=Decimal(90), in_return_for=wanted
    )
    taken = PointFacts(kind="payment", text="14 Tage statt 30", move="demand", in_return_for=wanted)

    answer = add_round(deal, RoundFacts(side="us", points=(given, taken)), actor=deal.owner)

    deal.refresh_from_db()
    wanted.refresh_from_db()
    assert (deal.stage, answer.number, wanted.state) == (Stage.VERHANDLUNG, 2, "agreed")
    assert [point.text for point in Workspace(deal, deal.owner).open_demands] == ["14 Tage statt 30"]
    with pytest.raises(PointSettled):
        settle_point(answer.points.get(move="give"), "refused", actor=deal.owner)


def test_nothing_is_given_for_a_demand_in_another_deal():
    deal, other = DealFactory(stage=Stage.ANGEBOT), DealFactory(stage=Stage.ANGEBOT)
    foreign = PointFacts(kind="price", text="x", in_return_for=demand(other))

    with pytest.raises(PointForeign):
        add_round(deal, RoundFacts(side="us", points=(foreign,)), actor=deal.owner)


def test_the_workspace_says_how_far_the_price_has_gone():
    product = ProductFactory(cost=Decimal(60), floor_price=Decimal(80))
    line = OfferLineFacts(
        text="Pumpe", product=product, quantity=Decimal(10), unit_price=Decimal(100), discount=Decimal("0.1")
    )
    deal = sent(lines=(line,)).offer.deal

    (station,) = Workspace(deal, deal.owner).stations
    (bar,) = bars([station])

    assert (station.value, station.margin, station.walked, station.floor) == (
        900,
        300,
        Decimal("0.1"),
        Decimal("0.2"),
    )
    assert (bar.height, round(bar.margin_height, 3)) == (1, 0.333)


def test_the_walk_away_point_is_for_those_who_negotiate(client, people):
    deal = DealFactory(owner=people.owner, stage=Stage.VERHANDLUNG)
    set_ground(
        deal, GroundFacts(walk_away_value=Decimal(4711), competitors="Konkurrenz AG"), actor=deal.owner
    )
    url = reverse("offers:negotiation", args=[deal.pk])

    seen = {}
    for who in ("owner", "colleague"):
        log_in(client, people, who)
        seen[who] = client.get(url).content.decode()

    assert "4.711" in seen["owner"]
    assert "4.711" not in seen["colleague"]
    assert "Konkurrenz AG" not in seen["colleague"]


def test_discounts_and_winning_are_counted_in_bands():
    closed = [
        (Decimal(0), True),
        (Decimal("0.05"), False),
        (Decimal("0.0501"), True),
        (Decimal("0.4"), False),
    ]

    counted = [(band.deals, band.won) for band in bands(closed)]

    assert counted == [(1, 1), (1, 0), (1, 1), (0, 0), (1, 0)]


def test_the_interval_is_that_of_wilson_and_few_cases_are_no_habit():
    low, high = wilson(7, 10)

    assert (round(low, 3), round(high, 3)) == (0.397, 0.892)
    assert middle([Decimal(1)] * 4).rate is None
    assert middle([Decimal(1), Decimal(2), Decimal(3), Decimal(4), Decimal(9)]).rate == 3


def test_the_bands_are_read_from_the_offers_of_closed_deals():
    from offers.discounts import read_bands
    from tests.factories import won

    version = sent(discount_rate=Decimal("0.1"))
    won(version.offer.deal)

    assert [(band.deals, band.won) for band in read_bands()] == [(0, 0), (0, 0), (1, 1), (0, 0), (0, 0)]


def test_a_round_is_noted_on_its_page(client, people):
    deal = DealFactory(owner=people.owner, stage=Stage.ANGEBOT)
    log_in(client, people, "owner")
    url = reverse("offers:round_add", args=[deal.pk])
    form = {
        "form_key": "3f0c9a5e-5a4b-4a4e-9d62-0a4f0c0e7a11",
        "side": "customer",
        "points-TOTAL_FORMS": "2",
        "points-INITIAL_FORMS": "0",
        "points-0-move": "demand",
        "points-0-kind": "delivery",
        "points-0-text": "Eine Woche früher",
        "points-1-move": "demand",
        "points-1-kind": "price",
    }

    answers = [client.post(url, form).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert NegotiationPoint.objects.get().text == "Eine Woche früher"


def test_the_sent_file_and_the_evidence_are_kept_for_ever():
    version = sent()
    Acceptance.objects.create(version=version, name="Weiß", email="w@weiss.example", sha256="0" * 64)

    for row in (SentDocument.objects.get(), Acceptance.objects.get()):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            row.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Acceptance.objects.create(version=version, name="Weiß", email="w@weiss.example", sha256="0" * 64)
