"""Offers from the first draft to the order: versions, sending, acceptance, and what the deal makes of it."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import Event
from offers.actions import (
    accept_version,
    confirm_order,
    decline_version,
    edit_order,
    expire_overdue,
    facts_of_lines,
    new_version,
    start_offer,
    withdraw_of_lost,
    withdraw_version,
)
from offers.errors import (
    NotAccepted,
    NotWithCustomer,
    OfferAccepted,
    OfferIncomplete,
    OfferRunOut,
    OfferSavedMeanwhile,
    OrderFollowsOffer,
    VersionFixed,
)
from offers.models import Offer, OfferLine, OfferState, OfferVersion, Order
from offers.offer_prices import offer_totals
from offers.tasks import expire_offers
from pipeline.errors import DealClosed
from pipeline.models import Criterion, Stage
from tests.factories import DealFactory, OfferFactory, ProductFactory, lost, offered, sent, write

pytestmark = pytest.mark.django_db


def states(offer: Offer) -> list[tuple[str, bool]]:
    return [(one.state, one.is_current) for one in offer.versions.order_by("number")]


def overdue(version: OfferVersion) -> OfferVersion:
    """Yesterday was the last day; written past the actions, before it is sent."""
    OfferVersion.objects.filter(pk=version.pk).update(valid_until=timezone.localdate())
    version = sent(OfferVersion.objects.get(pk=version.pk))
    yesterday = timezone.localdate() - timedelta(days=1)
    with transaction.atomic(), ignoring_the_freeze():
        OfferVersion.objects.filter(pk=version.pk).update(valid_until=yesterday)
    return OfferVersion.objects.get(pk=version.pk)


def ignoring_the_freeze():
    import pgtrigger

    return pgtrigger.ignore("offers.OfferVersion:offer_version_sent_is_frozen")


def test_an_offer_begins_with_what_the_deal_is_about(people):
    deal = DealFactory(owner=people.owner, product=ProductFactory(price=Decimal(250)))

    offer = start_offer(deal, actor=people.owner, form_key=(key := uuid4()))
    again = start_offer(deal, actor=people.owner, form_key=key)

    line = offer.current.lines.get()
    assert (line.product, line.unit_price, line.vat_rate) == (deal.product, Decimal(250), Decimal("0.19"))
    assert (offer.current.title, offer.number, offer) == (deal.title, None, again)


def test_the_whole_way_from_the_draft_to_the_order(people):
    deal = DealFactory(owner=people.owner, stage=Stage.KONTAKT)
    lines = [
        offered("Anlage", "999.99"),
        offered("Montage", "100.01", quantity=Decimal(3), discount=Decimal("0.1")),
        offered("Wartung", 50, billing="monthly"),
        offered("Zubehör", 80, is_optional=True, is_chosen=False),
    ]
    offer = OfferFactory(deal=deal, lines=lines, terms={"discount_rate": Decimal("0.05")})

    version = sent(offer.current)

    offer.refresh_from_db()
    deal.refresh_from_db()
    assert offer.number == f"AN-{timezone.localdate().year}-0001"
    assert (deal.stage, deal.value) == (Stage.ANGEBOT, Decimal("1206.52"))
    assert deal.criteria_met.filter(criterion__code=Criterion.OFFER_DELIVERED).exists()

    accept_version(version, chosen=[4])

    deal.refresh_from_db()
    assert (deal.stage, deal.accepted_directly, deal.value) == (Stage.ABSCHLUSS, True, Decimal("1282.52"))

    order = confirm_order(version, actor=people.owner)

    deal.refresh_from_db()
    assert (deal.outcome, deal.won_value, deal.accepted_directly) == ("won", Decimal("1282.52"), True)
    once = [line for line in order.lines.all() if line.billing == "once"]
    assert sum(line.net for line in once) == Decimal("1282.52")
    assert order.lines.get(billing="monthly").net == Decimal("47.50")
    assert confirm_order(version, actor=people.owner) == order
    assert (Order.objects.count(), Event.objects.filter(kind="offer.accepted").count()) == (1, 1)
    with pytest.raises(OrderFollowsOffer):
        edit_order(
            order, _facts(order), facts_of_lines(order)[:1], seen_version=order.version, actor=people.owner
        )


def _facts(order: Order):
    from offers.actions import OrderFacts

    return OrderFacts(ordered_on=order.ordered_on, owner=order.owner, deal=order.deal, number=order.number)


def test_what_was_sent_says_the_same_for_ever():
    version = sent(OfferFactory(lines=[offered(is_optional=True)]).current)
    line = version.lines.get()

    for change in (
        lambda: OfferVersion.objects.filter(pk=version.pk).update(delivery="frei Haus"),
        lambda: OfferLine.objects.filter(pk=line.pk).update(unit_price=1),
        lambda: line.delete(),
        lambda: OfferLine.objects.create(version=version, position=9, text="Mehr"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(VersionFixed):
        write(version, delivery="frei Haus")

    OfferLine.objects.filter(pk=line.pk).update(is_chosen=False)
    assert not version.lines.get().is_chosen


def test_a_new_version_supersedes_the_old_one_when_it_is_sent():
    offer = OfferFactory()
    first = sent(offer.current)

    second = new_version(first, actor=offer.deal.owner)

    assert states(offer) == [(OfferState.SENT, False), (OfferState.DRAFT, True)]
    assert second.based_on == first

    sent(second)

    assert states(offer) == [(OfferState.SUPERSEDED, False), (OfferState.SENT, True)]
    with pytest.raises(NotWithCustomer):
        accept_version(first)
    offer.refresh_from_db()
    assert offer.number.endswith("-0001")


def test_what_lies_with_the_customer_may_be_accepted_while_the_next_one_is_written():
    offer = OfferFactory()
    first = sent(offer.current)
    second = new_version(first, actor=offer.deal.owner)

    accept_version(first)

    assert states(offer) == [(OfferState.ACCEPTED, True), (OfferState.SUPERSEDED, False)]
    with pytest.raises(OfferAccepted):
        new_version(second, actor=offer.deal.owner)


def test_two_windows_do_not_overwrite_each_other():
    version = OfferFactory().current
    write(version, delivery="ab Werk")

    with pytest.raises(OfferSavedMeanwhile):
        write(version, delivery="frei Haus")
    assert write(version, delivery="ab Werk").revision == version.revision + 1


@pytest.mark.parametrize(
    ("lines", "terms"),
    [
        ([], {}),
        ([offered(kind="text")], {}),
        ([offered(text="")], {}),
        ([offered()], {"valid_until": None}),
        ([offered()], {"valid_until": timezone.localdate() - timedelta(days=1)}),
        ([offered()], {"recipient": " "}),
    ],
)
def test_what_is_no_offer_is_not_sent(lines, terms):
    version = OfferFactory(lines=lines, terms=terms).current

    with pytest.raises(OfferIncomplete):
        sent(version)


def test_an_offer_runs_out_after_its_last_day():
    today = sent(OfferFactory(terms={"valid_until": timezone.localdate()}).current)
    yesterday = overdue(OfferFactory().current)

    with pytest.raises(OfferRunOut):
        accept_version(yesterday)
    expire_offers()

    yesterday.refresh_from_db()
    today.refresh_from_db()
    assert (yesterday.state, today.state) == (OfferState.EXPIRED, OfferState.SENT)
    assert expire_overdue() == 0


def test_a_lost_deal_takes_its_offers_back():
    version = sent(OfferFactory().current)
    deal = lost(version.offer.deal)

    with pytest.raises(DealClosed):
        accept_version(version)
    withdraw_of_lost(deal)

    version.refresh_from_db()
    assert version.state == OfferState.WITHDRAWN


def test_refusals_of_what_is_no_longer_with_the_customer():
    version = sent(OfferFactory().current)

    decline_version(version, reason="Zu teuer")

    for refused in (accept_version, lambda one: withdraw_version(one, actor=None)):
        with pytest.raises(NotWithCustomer):
            refused(version)
    with pytest.raises(NotAccepted):
        confirm_order(version, actor=version.offer.deal.owner)
    assert decline_version(version).decline_reason == "Zu teuer"


def test_of_alternatives_one_is_taken():
    lines = [
        offered("Rot", 100, alternative_group=1),
        offered("Blau", 120, alternative_group=1, is_chosen=False),
    ]
    version = sent(OfferFactory(lines=lines).current)

    accept_version(version, chosen=[1, 2])
    assert offer_totals(version.lines.all(), version).net == Decimal(100)


def test_the_database_sums_offers_up_as_we_do():
    version = OfferFactory(
        lines=[offered("A", "33.335", quantity=Decimal(3)), offered("B", "0.01", billing="monthly")],
        terms={"discount_rate": Decimal("0.1234")},
    ).current

    assert (
        OfferVersion.objects.with_net().get(pk=version.pk).net_total
        == offer_totals(version.lines.all(), version).net
    )


def test_what_recurs_is_kept_apart_from_the_value_of_the_deal():
    lines = [offered(), offered("Wartung", 50, billing="monthly"), offered("Prüfung", 300, billing="yearly")]
    deal = sent(OfferFactory(lines=lines).current).offer.deal
    deal.refresh_from_db()
    assert (deal.value, deal.monthly_value, deal.yearly_value) == (1000, 50, 300)

    sent(write(new_version(deal.offers.get().current, actor=deal.owner), [offered(price=900)]))

    deal.refresh_from_db()
    assert (deal.value, deal.monthly_value, deal.yearly_value) == (900, None, None)
