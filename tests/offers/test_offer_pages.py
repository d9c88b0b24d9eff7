"""The pages of offers: written while one types, compared, approved, accepted, ordered; the list."""

from decimal import Decimal

import pytest
from django.urls import reverse

from catalog.models import BundlePart, PriceList, PriceListItem
from offers.actions import ask_approval, new_version
from offers.models import ApprovalRule, Offer, OfferState, OfferVersion
from tests.conftest import log_in
from tests.factories import DealFactory, OfferFactory, ProductFactory, offered, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client, people) -> OfferVersion:
    log_in(client, people, "owner")
    return OfferFactory(deal=DealFactory(owner=people.owner, title="Hallendach")).current


def typed(version: OfferVersion, *lines: dict[str, object], **terms) -> dict[str, object]:
    said: dict[str, object] = {
        "lines-TOTAL_FORMS": len(lines),
        "lines-INITIAL_FORMS": 0,
        "language": "de",
        "currency": "EUR",
        "valid_until": "2999-01-01",
        "recipient": "Muster GmbH",
        "revision": version.revision,
        **terms,
    }
    for index, line in enumerate(lines):
        usual = {"kind": "item", "vat_category": "standard", "billing": "once", "quantity": "1"}
        said |= {f"lines-{index}-{name}": value for name, value in {**usual, **line}.items()}
    return said


def test_what_is_typed_is_kept_in_the_order_of_the_page(client, draft):
    lines = (
        {"product_text": "Zweite", "unit_price": "10,50", "place": 2},
        {"product_text": "Erste", "kind": "section", "place": 1},
        {"product_text": "", "quantity": "", "place": 3},
    )
    url = reverse("offers:version_save", args=[draft.pk])

    answer = client.post(url, typed(draft, *lines, discount_rate="10"))

    draft.refresh_from_db()
    assert [line.text for line in draft.lines.all()] == ["Erste", "Zweite"]
    assert f'data-revision="{draft.revision}"' in answer.content.decode()
    assert "9,45" in answer.content.decode()


def test_a_second_window_is_told_and_loses_nothing(client, draft):
    url = reverse("offers:version_save", args=[draft.pk])
    first = typed(draft, {"product_text": "Eins", "unit_price": "1"})

    assert client.post(url, first).status_code == 200
    assert client.post(url, first).status_code == 200
    assert client.post(url, typed(draft, {"product_text": "Zwei"})).status_code == 409
    assert draft.lines.get().text == "Eins"


@pytest.mark.parametrize(
    "said",
    [
        {"discount_rate": "101"},
        {"discount_rate": "5", "discount_amount": "5"},
        {"currency": "XXX"},
        {"lines-0-unit_price": "NaN"},
        {"lines-0-quantity": "1" * 40},
        {"lines-0-product": "999999999999999999999"},
        {"lines-0-kind": "\0"},
        {"lines-TOTAL_FORMS": "9999"},
        {"lines-TOTAL_FORMS": "x"},
        {"revision": "x"},
        {"title": "x" * 300},
    ],
)
def test_what_makes_no_sense_is_said_and_not_kept(client, draft, said):
    url = reverse("offers:version_save", args=[draft.pk])

    answer = client.post(url, {**typed(draft, {"product_text": "Neu"}), **said})

    assert answer.status_code in (409, 422)
    assert draft.lines.get().text == "Anlage"


def test_a_product_brings_the_price_of_this_customer_and_a_bundle_its_parts(client, draft):
    product, part = ProductFactory(name="Modul", price=100), ProductFactory(name="Wechselrichter", price=50)
    prices = PriceList.objects.create(name="Vertrag", valid_from="2020-01-01", company=draft.customer)
    PriceListItem.objects.create(price_list=prices, product=product, price=Decimal("80.5"))
    bundle = ProductFactory(price=None)
    BundlePart.objects.create(bundle=bundle, product=product, quantity=2)
    BundlePart.objects.create(bundle=bundle, product=part, quantity=1)
    url = reverse("offers:version_price", args=[draft.pk])

    single = client.get(url, {"product": product.pk, "quantity": "1,5"}).json()
    parts = client.get(url, {"product": bundle.pk, "quantity": "3"}).json()["lines"]

    assert single["lines"][0]["unit_price"] == "80,50"
    assert "Vertrag" in single["rule"]
    assert [(line["product_text"], line["quantity"]) for line in parts] == [
        ("Modul", "6"),
        ("Wechselrichter", "3"),
    ]
    assert client.get(url, {"product": "x"}).status_code == 400


def test_cost_is_shown_to_those_who_may_see_it(client, people, settings):
    product = ProductFactory(price=100, cost=Decimal("61.23"), floor_price=Decimal("77.77"))
    version = OfferFactory(
        deal=DealFactory(owner=people.owner), lines=[offered(price=70, product=product)]
    ).current
    settings.COST_VISIBILITY = "managers"

    for who, sees in (("owner", False), ("manager", True)):
        log_in(client, people, who)
        for name in ("version_edit", "version_detail"):
            text = client.get(reverse(f"offers:{name}", args=[version.pk])).content.decode()
            assert ("77,77" in text) == sees


def test_the_way_by_hand_from_the_deal_to_the_order(client, people):
    log_in(client, people, "owner")
    deal = DealFactory(owner=people.owner, product=ProductFactory())

    client.post(reverse("offers:offer_start", args=[deal.pk]))
    version = Offer.objects.get(deal=deal).current
    for name, data in (
        ("version_hand_over", {"revision": version.revision}),
        ("version_accept", {}),
        ("order_confirm", {}),
    ):
        page = client.get(version.get_absolute_url()).content.decode()
        url = reverse(f"offers:{name}", args=[version.pk])
        assert url in page
        client.post(url, data)

    deal.refresh_from_db()
    assert deal.is_won
    assert deal.orders.get().offer_version == version
    panel = client.get(reverse("offers:deal_offers", args=[deal.pk])).content.decode()
    assert "Angenommen" in panel
    assert "Angebot schreiben" not in panel


def test_a_manager_approves_on_the_page(client, people, draft):
    ApprovalRule.objects.create(name="Alles", value_above=1)
    ask_approval(draft, note="Messerabatt", seen_revision=draft.revision, actor=people.owner)

    page = client.get(draft.get_absolute_url()).content.decode()
    assert "Freigeben kann:" in page
    assert reverse("offers:version_hand_over", args=[draft.pk]) not in page
    log_in(client, people, "manager")
    page = client.get(draft.get_absolute_url()).content.decode()
    request = draft.approvals.get()
    assert "Messerabatt" in page
    client.post(reverse("offers:approval_answer", args=[request.pk]), {"granted": "yes"})

    draft.refresh_from_db()
    assert draft.state == OfferState.APPROVED


def test_two_versions_are_compared(client, draft):
    sent(draft)
    second = new_version(draft, actor=draft.offer.deal.owner)
    lines = (
        {"product_text": "Anlage", "unit_price": "900", "quantity": "2"},
        {"product_text": "Montage", "unit_price": "50"},
    )
    client.post(reverse("offers:version_save", args=[second.pk]), typed(second, *lines, delivery="frei Haus"))
    url = reverse("offers:offer_compare", args=[draft.offer_id])

    text = client.get(url).content.decode()

    for said in ("1.000 €", "1.850 €", "1.000,00", "900,00", "Montage", "frei Haus"):
        assert said in text
    assert "Beide sagen dasselbe" in client.get(url, {"a": 1, "b": 1}).content.decode()
    assert client.get(url, {"a": 7}).status_code == 404


def test_the_list_asks_the_same_of_twenty_as_of_two(client, people, count_queries):
    log_in(client, people, "owner")
    url = reverse("offers:offer_list")

    def some(number: int) -> None:
        for _index in range(number):
            sent(OfferFactory(deal=DealFactory(owner=people.owner)).current)

    some(2)
    client.get(url)
    with count_queries() as few:
        client.get(url)
    some(18)
    with count_queries() as many:
        client.get(url)
    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("query", "count"),
    [("q=hallen", 1), ("q=AN-", 0), ("state=draft", 1), ("state=sent", 0), ("state=%00", 1), ("until=x", 1)],
)
def test_the_list_is_narrowed(client, draft, query, count):
    text = client.get(f"{reverse('offers:offer_list')}?{query}").content.decode()

    assert text.count("Hallendach</span>") == count
