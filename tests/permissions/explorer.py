"""Who may use the routes of the explorer."""

from tests.permissions.declare import Route, World, expect, owner_alone


def as_file(world: World) -> dict[str, object]:
    """A table of deals."""
    return {"format": "csv", "query": "rows=source"}


def dashboard(world: World) -> tuple[object, ...]:
    """One of the owner's, shared with the team."""
    return (world.card.dashboard_id,)


def card(world: World) -> tuple[object, ...]:
    return (world.card.dashboard_id, world.card.pk)


def mailed(world: World) -> tuple[object, ...]:
    return (world.mailed.pk,)


SHARED = expect(200, stranger=404, other_manager=404, admin=404)
# Who sees it without owning it may not change it.
OWN = {**SHARED, "owner": 302, "colleague": 403, "manager": 403}
SEEN = expect(302, stranger=400, other_manager=400, admin=400)

ROUTES = [
    Route("explorer:dashboard_list", expect(200)),
    Route("explorer:dashboard_list", expect(302), method="post", data=lambda world: {"name": "Neu"}),
    Route("explorer:dashboard_detail", SHARED, args=dashboard),
    Route("explorer:dashboard_edit", {**OWN, "owner": 200}, args=dashboard),
    Route("explorer:dashboard_edit", OWN, method="post", args=dashboard, data=lambda world: {"name": "Neu"}),
    Route("explorer:dashboard_delete", OWN, method="post", args=dashboard),
    Route(
        "explorer:card_add",
        OWN,
        method="post",
        args=dashboard,
        data=lambda world: {"view": world.question.pk},
    ),
    Route("explorer:card_change", OWN, method="post", args=card, data=lambda world: {"what": "wide"}),
    Route(
        "explorer:mail_add",
        SEEN,
        method="post",
        data=lambda world: {"view": world.question.pk, "rhythm": "daily"},
    ),
    Route("explorer:mail_stop", owner_alone(302), method="post", args=mailed),
    Route("explorer:explorer", expect(200)),
    Route("explorer:records", expect(200), follows_deal=True, is_list=True),
    Route("explorer:file", expect(200), method="post", data=as_file),
]
