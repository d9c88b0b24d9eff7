"""Who may use the routes of the explorer."""

from explorer.actions import add_card, add_dashboard, change_dashboard, mail_question
from explorer.models import Card, Dashboard, MailedQuestion
from lists.actions import save_view
from lists.models import SavedView, ViewPage
from tests.permissions.declare import Route, World, expect, owner_alone


def as_file(world: World) -> dict[str, object]:
    """A table of deals."""
    return {"format": "csv", "query": "rows=source"}


def _dashboard(world: World) -> Dashboard:
    """One of the owner's, shared with the team."""
    owner = world.people.owner
    dashboard = add_dashboard("Woche", actor=owner)
    return change_dashboard(dashboard, name="Woche", shared_with=owner.team, actor=owner)


def _card(world: World) -> Card:
    return add_card(_dashboard(world), title="Fälle", query="rows=source")


def _question(world: World) -> SavedView:
    return save_view(
        "Quellen",
        "rows=source",
        page=ViewPage.EXPLORER,
        actor=world.people.owner,
        shared_with=world.people.owner.team,
    )


def _mailed(world: World) -> MailedQuestion:
    return mail_question(_question(world), "weekly", actor=world.people.owner)


def dashboard(world: World) -> tuple[object, ...]:
    return (_dashboard(world).pk,)


def card(world: World) -> tuple[object, ...]:
    one = _card(world)
    return (one.dashboard_id, one.pk)


def mailed(world: World) -> tuple[object, ...]:
    return (_mailed(world).pk,)


SHARED = expect(200, stranger=404, other_manager=404, admin=404)
# Who sees it without owning it may not change it.
OWN = {**SHARED, "owner": 302, "colleague": 403, "manager": 403}
SEEN = expect(302, stranger=400, other_manager=400, admin=400)

ROUTES = [
    Route("explorer:dashboards", expect(200)),
    Route("explorer:dashboards", expect(302), method="post", data=lambda world: {"name": "Neu"}),
    Route("explorer:dashboard_detail", SHARED, args=dashboard),
    Route("explorer:dashboard_edit", {**OWN, "owner": 200}, args=dashboard),
    Route("explorer:dashboard_edit", OWN, method="post", args=dashboard, data=lambda world: {"name": "Neu"}),
    Route("explorer:dashboard_delete", OWN, method="post", args=dashboard),
    Route(
        "explorer:card_add",
        OWN,
        method="post",
        args=dashboard,
        data=lambda world: {"view": _question(world).pk},
    ),
    Route("explorer:card_change", OWN, method="post", args=card, data=lambda world: {"what": "wide"}),
    Route(
        "explorer:mail_add",
        SEEN,
        method="post",
        data=lambda world: {"view": _question(world).pk, "rhythm": "daily"},
    ),
    Route("explorer:mail_stop", owner_alone(302), method="post", args=mailed),
    Route("explorer:explorer", expect(200)),
    Route("explorer:records", expect(200), follows_deal=True, is_list=True),
    Route("explorer:file", expect(200), method="post", data=as_file),
]
