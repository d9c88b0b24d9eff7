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
    return {"number": "NEU-1", "name": "Neues Produkt", "unit": "Stück", "currency": "EUR"}


ROUTES = [
    Route("offers:order_list", expect(200), follows_deal=True, is_list=True),
    Route("offers:orders_export", expect(200), "post", data=lambda w: {"format": "csv"}),
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
