"""Routes of negotiations follow the deal; managers keep the guide; the page of a customer is public."""

from uuid import uuid4

from tests.permissions.declare import ACTORS, Route, World, editors, expect, managers


def deal(world: World) -> tuple[object, ...]:
    return (world.deal.pk,)


def point(world: World) -> tuple[object, ...]:
    return (world.point.pk,)


def advice(world: World) -> tuple[object, ...]:
    return (world.advice.pk,)


def sent(world: World) -> tuple[object, ...]:
    return (world.offer_sent.pk,)


def wrong(world: World) -> tuple[object, ...]:
    """A secret that opens nothing."""
    return ("x" * 43,)


def of_round(world: World) -> dict[str, object]:
    return {
        "form_key": uuid4(),
        "side": "customer",
        "note": "Zu teuer",
        "points-TOTAL_FORMS": 0,
        "points-INITIAL_FORMS": 0,
    }


def of_advice(world: World) -> dict[str, object]:
    return {"kind": "question", "text": "Was ist Ihnen wichtig?", "version": world.advice.version}


NOWHERE = dict.fromkeys(ACTORS, 404)

ROUTES = [
    Route("offers:negotiation", expect(200), args=deal, follows_deal=True),
    Route("offers:deal_negotiation", expect(200), args=deal, follows_deal=True),
    Route("offers:round_add", editors(200), args=deal, follows_deal=True),
    Route("offers:round_add", editors(302), "post", deal, of_round, follows_deal=True),
    Route("offers:ground_edit", editors(200), args=deal, follows_deal=True),
    Route("offers:ground_edit", editors(302), "post", deal, follows_deal=True),
    Route(
        "offers:point_settle", editors(302), "post", point, lambda w: {"state": "agreed"}, follows_deal=True
    ),
    Route("offers:version_dispatch", expect(200), args=sent, follows_deal=True),
    Route("offers:version_document", expect(200), args=sent, follows_deal=True),
    Route("offers:link_make", editors(200), "post", sent, follows_deal=True),
    Route("offers:links_revoke", editors(302), "post", sent, follows_deal=True),
    Route("mailbox:offer_send", editors(200), args=sent, follows_deal=True),
    Route("mailbox:offer_send", editors(422), "post", sent, follows_deal=True),
    Route("offers:guide_list", expect(200)),
    Route("offers:guide_add", managers(200)),
    Route("offers:guide_add", managers(302), "post", data=of_advice),
    Route("offers:guide_edit", managers(200), args=advice),
    Route("offers:guide_edit", managers(302), "post", advice, of_advice),
    Route("offers:guide_archive", managers(302), "post", advice),
    Route("offers:approval_page", NOWHERE, args=wrong),
    Route("offers:approval_page", NOWHERE, "post", wrong),
    *(Route(f"offers:customer_{name}", NOWHERE, args=wrong) for name in ("offer", "sums", "document")),
    *(
        Route(f"offers:customer_{name}", NOWHERE, "post", wrong)
        for name in ("opened", "accept", "decline", "ask", "counter")
    ),
]
