"""Routes of partners: open to every colleague; roles on deals and orders follow those."""

from tests.permissions.declare import Route, World, editors, expect

HTMX = {"HX-Request": "true"}


def partner(world: World) -> tuple[object, ...]:
    return (world.partner.pk,)


def deal(world: World) -> tuple[object, ...]:
    return (world.deal.pk,)


def order(world: World) -> tuple[object, ...]:
    return (world.order.pk,)


def role(world: World) -> dict[str, object]:
    return {"partner": world.partner.pk, "role": "sold"}


ROUTES = [
    Route("partners:partner_list", expect(200)),
    Route("partners:partner_detail", expect(200), args=partner, follows_deal=True, is_list=True),
    Route("partners:partner_add", expect(200)),
    Route("partners:partner_add", expect(302), "post", data=lambda w: {"person": w.person.pk}),
    Route("partners:partner_edit", expect(200), args=partner),
    Route("partners:partner_edit", expect(302), "post", partner, lambda w: {"version": 1}),
    Route("partners:company_panel", expect(200), args=lambda w: (w.company.pk,)),
    Route("partners:person_panel", expect(200), args=lambda w: (w.person.pk,)),
    Route("partners:deal_panel", expect(200), args=deal, follows_deal=True),
    Route("partners:deal_partner_add", editors(200), args=deal, follows_deal=True),
    Route("partners:deal_partner_add", editors(302), "post", deal, role, follows_deal=True),
    Route(
        "partners:deal_partner_remove",
        editors(302),
        "post",
        lambda w: (w.deal.pk, w.deal_partner.pk),
        follows_deal=True,
    ),
    Route("partners:order_panel", expect(200), args=order, follows_deal=True),
    Route("partners:order_partner_add", editors(200), args=order, follows_deal=True),
    Route("partners:order_partner_add", editors(204), "post", order, role, headers=HTMX, follows_deal=True),
    Route(
        "partners:order_partner_remove",
        editors(302),
        "post",
        lambda w: (w.order.pk, w.order_partner.pk),
        follows_deal=True,
    ),
]
