"""Partners: what is agreed, their roles on deals and orders, and the figures of what came through them."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from contacts.models import Company
from offers.actions import LineFacts
from partners.actions import (
    Agreement,
    add_partner,
    edit_partner,
    link_deal,
    link_order,
    unlink_deal,
)
from partners.errors import PartnerEditedMeanwhile, PartnerExists
from partners.figures import came_through
from partners.models import DealPartner, Partner
from tests.conftest import log_in
from tests.factories import (
    CompanyFactory,
    DealFactory,
    OrderFactory,
    PartnerFactory,
    PersonFactory,
    lost,
    won,
)

pytestmark = pytest.mark.django_db

TEN = Decimal("0.1")


def order_of(owner, amount: int, **facts: object):
    return OrderFactory(owner=owner, lines=[LineFacts("Blech", Decimal(1), Decimal(amount))], **facts)


def test_a_company_that_becomes_a_partner_is_marked_as_one_once(people):
    company = CompanyFactory()

    partner = add_partner(company, Agreement(commission_rate=TEN), actor=people.owner)

    company.refresh_from_db()
    assert (partner.company, company.kinds) == (company, ["prospect", "partner"])
    with pytest.raises(PartnerExists):
        add_partner(company, Agreement(), actor=people.owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Partner.objects.create(company=company, person=PersonFactory())


def test_roles_keep_the_commission_they_were_noted_with(people):
    partner, deal = PartnerFactory(commission_rate=TEN), DealFactory()
    referred = link_deal(deal, partner, "referred", actor=people.owner)
    assert link_deal(deal, partner, "referred", actor=people.owner) == referred

    edit_partner(partner, Agreement(commission_rate=Decimal("0.5")), seen_version=1, actor=people.owner)

    referred.refresh_from_db()
    assert referred.commission_rate == TEN
    assert link_deal(deal, partner, "supplies", actor=people.owner).commission_rate is None
    with pytest.raises(PartnerEditedMeanwhile):
        edit_partner(partner, Agreement(), seen_version=1, actor=people.owner)


def test_nothing_counts_twice(people):
    partner, owner = PartnerFactory(commission_rate=TEN), people.owner
    sold = DealFactory(owner=owner, value=Decimal(1000))
    for role in ("sold", "supplies"):
        link_deal(sold, partner, role, actor=owner)
    order_of(owner, 1000, company=sold.company, deal=sold)
    link_order(order_of(owner, 40, company=sold.company, deal=sold), partner, "sold", actor=owner)
    won(sold)
    link_deal(lost(DealFactory(owner=owner, value=Decimal(300))), partner, "referred", actor=owner)
    link_deal(DealFactory(owner=owner, value=Decimal(70), currency="CHF"), partner, "sold", actor=owner)
    alone = order_of(owner, 200, company=sold.company)
    for role in ("sold", "referred"):
        link_order(alone, partner, role, actor=owner)

    through = came_through([partner], owner)[partner.pk]

    assert (through.opened, through.won, through.lost, through.orders) == (1, 1, 1, 3)
    assert through.win_rate == 0.5
    euro, franc = through.in_currency("EUR"), through.in_currency("CHF")
    assert (euro.won_value, euro.lost_value, euro.ordered) == (1000, 300, 1240)
    # A tenth of the deal won, and of the order beyond it for each of two roles.
    assert euro.commission == 100 + 20 + 20
    assert (franc.open_value, franc.commission) == (70, 0)


def test_deals_one_may_not_see_are_not_counted(people, settings):
    settings.DEAL_VISIBILITY = "own"
    partner = PartnerFactory(commission_rate=TEN)
    link_deal(won(DealFactory(owner=people.owner)), partner, "sold", actor=people.owner)

    through = came_through([partner], people.stranger)[partner.pk]

    assert (through.won, through.money) == (0, [])


def test_a_role_is_added_and_removed_on_the_page_of_the_deal(client, people):
    log_in(client, people, "owner")
    deal, partner = DealFactory(owner=people.owner), PartnerFactory()
    add = reverse("partners:deal_partner_add", args=[deal.pk])
    htmx = {"HX-Request": "true"}

    assert client.get(add, headers=htmx).status_code == 200
    assert client.post(add, {"partner": "x", "role": "y"}, headers=htmx).status_code == 422
    answer = client.post(add, {"partner": partner.pk, "role": "supplies"}, headers=htmx)

    assert (answer.status_code, "partners-changed" in answer["HX-Trigger"]) == (204, True)
    link = DealPartner.objects.get()
    assert str(partner) in client.get(reverse("partners:deal_panel", args=[deal.pk])).content.decode()
    remove = reverse("partners:deal_partner_remove", args=[deal.pk, link.pk])
    assert [client.post(remove, headers=htmx).status_code for _click in "ab"] == [204, 204]
    assert not DealPartner.objects.exists()


def test_a_longer_list_asks_no_more_questions(client, people, count_queries):
    log_in(client, people, "owner")
    one, counted = PartnerFactory(), []
    pages = [
        reverse("partners:partner_list"),
        reverse("partners:partner_detail", args=[one.pk]),
        reverse("partners:company_panel", args=[one.company_id]),
    ]
    for many in (2, 18):
        for _index in range(many):
            link_deal(DealFactory(), PartnerFactory(), "sold", actor=people.owner)
            link_deal(DealFactory(company=one.company), one, "sold", actor=people.owner)
            link_order(OrderFactory(owner=people.owner), one, "sold", actor=people.owner)
        numbers = []
        for page in pages:
            client.get(page)
            with count_queries() as queries:
                assert client.get(page).status_code == 200
            numbers.append(len(queries))
        counted.append(numbers)

    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"commission_rate": "101"},
        {"commission_rate": "-1"},
        {"since": "2026-02-01", "until": "2026-01-01"},
        {"since": "0001-01-01"},
        {"company": "99999999999999999999"},
        {"person_text": "jemand, den keiner kennt"},
    ],
)
def test_what_makes_no_sense_comes_back_with_the_form(client, people, wrong):
    log_in(client, people, "owner")
    who = {"company": CompanyFactory().pk} if wrong else {}

    answer = client.post(reverse("partners:partner_add"), {**who, **wrong})

    assert answer.status_code == 422
    assert not Partner.objects.exists()


def test_the_list_forgives_what_it_does_not_understand(client, people):
    log_in(client, people, "owner")
    PartnerFactory(customer=CompanyFactory(name="Müller & Söhne"))

    answer = client.get(reverse("partners:partner_list"), {"q": "mull", "state": "x", "cursor": "y"})

    assert [str(row) for row in answer.context["page"].rows] == ["Müller & Söhne"]
    assert Company.objects.get().kinds == ["prospect", "partner"]


def test_taking_a_role_away_leaves_an_event(people):
    link = link_deal(DealFactory(), PartnerFactory(), "sold", actor=people.owner)

    unlink_deal(link, actor=people.owner)

    assert not DealPartner.objects.exists()
