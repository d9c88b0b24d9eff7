"""Routes of orders and products: an order follows its deal; products are open, managers keep them."""

from django.utils import timezone

from tests.permissions.declare import Route, World, editors, expect, managers


def order(world: World) -> tuple[object, ...]:
    return (world.order.pk,)


def company(world: World) -> tuple[object, ...]:
    return (world.company.pk,)


def person(world: World) -> tuple[object, ...]:
    return (world.person.pk,)


def deal(world: World) -> tuple[object, ...]:
    return (world.deal.pk,)


def product(world: World) -> tuple[object, ...]:
    return (world.deal.product_id,)


def lines(world: World) -> dict[str, object]:
    return {
        "lines-TOTAL_FORMS": 1,
        "lines-INITIAL_FORMS": 0,
        "lines-0-product": "+Stahlblech",
        "lines-0-quantity": "2,5",
        "lines-0-unit_price": "12,50",
        "lines-0-vat_rate": "19",
    }


def draft(world: World) -> tuple[object, ...]:
    return (world.offer_draft.pk,)


def offer_of_draft(world: World) -> tuple[object, ...]:
    return (world.offer_draft.offer_id,)


def sent(world: World) -> tuple[object, ...]:
    return (world.offer_sent.pk,)


def accepted(world: World) -> tuple[object, ...]:
    return (world.offer_accepted.pk,)


def question(world: World) -> tuple[object, ...]:
    return (world.offer_question.pk,)


def approval(world: World) -> tuple[object, ...]:
    return (world.approval.pk,)


def seen(world: World) -> dict[str, object]:
    return {"revision": world.offer_draft.revision}


def typed(world: World) -> dict[str, object]:
    line = {"lines-0-kind": "item", "lines-0-vat_category": "standard", "lines-0-billing": "once"}
    return {**lines(world), **line, **seen(world), "language": "de", "currency": "EUR"}


def of_draft(world: World) -> dict[str, object]:
    return {"product": world.deal.product_id, "quantity": "3"}


# Who may answer a request for approval: the manager of the owner's team, and admins.
APPROVERS = expect(422, manager=302, admin=302)


def entered(world: World) -> dict[str, object]:
    return {
        "company": world.company.pk,
        "ordered_on": timezone.localdate().isoformat(),
        "currency": "EUR",
        "owner": world.people.owner.pk,
        "version": 1,
        **lines(world),
    }


def of_product(world: World) -> dict[str, object]:
    told = {"number": "NEU-1", "name": "Neues Produkt", "unit": "Stück", "currency": "EUR"}
    return {**told, "vat_category": "standard", "billing": "once"}


ROUTES = [
    Route("offers:offer_list", expect(200), follows_deal=True, is_list=True),
    Route("offers:offer_detail", expect(302), args=offer_of_draft, follows_deal=True),
    Route("offers:offer_compare", expect(200), args=offer_of_draft, follows_deal=True),
    Route("offers:offer_start", editors(302), "post", deal, follows_deal=True),
    Route("offers:version_detail", expect(200), args=draft, follows_deal=True),
    Route("offers:version_edit", editors(200), args=draft, follows_deal=True),
    Route("offers:version_edit", editors(302), "post", draft, typed, follows_deal=True),
    Route("offers:version_save", editors(200), "post", draft, typed, follows_deal=True),
    Route("offers:version_price", editors(200), args=draft, data=of_draft, follows_deal=True),
    Route("offers:version_new", editors(302), "post", sent, follows_deal=True),
    Route("offers:version_hand_over", editors(302), "post", draft, seen, follows_deal=True),
    Route("offers:version_withdraw", editors(302), "post", draft, follows_deal=True),
    Route("offers:version_accept", editors(302), "post", sent, follows_deal=True),
    Route("offers:version_decline", editors(302), "post", sent, follows_deal=True),
    Route("offers:order_confirm", editors(302), "post", accepted, follows_deal=True),
    Route("offers:approval_ask", editors(302), "post", draft, seen, follows_deal=True),
    Route("offers:approval_answer", APPROVERS, "post", approval, lambda w: {"granted": "no"}),
    Route(
        "offers:question_add",
        editors(302),
        "post",
        offer_of_draft,
        lambda w: {"text": "Wann?", "by_customer": "yes"},
        follows_deal=True,
    ),
    Route(
        "offers:question_answer",
        editors(302),
        "post",
        question,
        lambda w: {"answer": "Ja"},
        follows_deal=True,
    ),
    Route("offers:deal_offers", expect(200), args=deal, follows_deal=True),
    Route("offers:company_offers", expect(200), args=company, follows_deal=True, is_list=True),
    Route("offers:gathered", expect(200), args=deal, follows_deal=True),
    Route("offers:order_list", expect(200), follows_deal=True, is_list=True),
    Route("offers:order_add", expect(200)),
    Route("offers:order_add", expect(302), "post", data=entered),
    Route("offers:order_totals", expect(200), "post", data=lines),
    Route("offers:order_detail", expect(200), args=order, follows_deal=True),
    Route("offers:order_edit", editors(200), args=order, follows_deal=True),
    Route("offers:order_edit", editors(302), "post", order, entered, follows_deal=True),
    Route("offers:order_cancel", editors(200), args=order, follows_deal=True),
    Route("offers:order_cancel", editors(302), "post", order, lambda w: {"reason": "x"}, follows_deal=True),
    Route("offers:company_orders", expect(200), args=company, follows_deal=True, is_list=True),
    Route("offers:person_orders", expect(200), args=person),
    Route("offers:deal_orders", expect(200), args=deal, follows_deal=True),
    Route("offers:product_buyers", expect(200), args=product),
    Route("catalog:product_list", expect(200)),
    Route("catalog:product_detail", expect(200), args=product),
    Route("catalog:product_options", expect(200)),
    Route("catalog:product_add", managers(200)),
    Route("catalog:product_add", managers(302), "post", data=of_product),
    Route("catalog:product_edit", managers(200), args=product),
    Route("catalog:product_edit", managers(302), "post", product, of_product),
]
