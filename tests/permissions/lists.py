"""Routes that all lists share: saved views, columns, files and their log."""

from tests.permissions.declare import Route, World, expect


def of_view(world: World) -> tuple[object, ...]:
    """A view of `owner`, shared with the team."""
    return (world.view.pk,)


def to_name(world: World) -> dict[str, object]:
    """A name for a view."""
    return {"name": "Neu"}


# What is `owner`'s alone: nobody else has a view at that address.
OWN_VIEW = expect(404, owner=302)
# Whoever sees a view begins with it; the manager of the team withdraws it, too.
SEEN_VIEW = expect(302, stranger=404, other_manager=404, admin=404)
WITHDRAWN_VIEW = {**SEEN_VIEW, "colleague": 403}


def as_cards(world: World) -> dict[str, object]:
    """The kind of file only customers go out as."""
    return {"format": "vcf4"}


ROUTES = [
    Route("lists:export_log", expect(200)),
    Route(
        "lists:list_export",
        expect(200),
        "post",
        lambda world: ("list",),
        lambda world: {"format": "csv", "query": "columns=stage,owner"},
        follows_deal=True,
        is_list=True,
    ),
    *(
        Route("lists:list_export", expect(200), "post", lambda world, page=page: (page,), as_cards)
        for page in ("companies", "persons")
    ),
    Route(
        "lists:list_export",
        expect(200),
        "post",
        lambda world: ("orders",),
        lambda world: {"format": "csv_l", "query": ""},
        follows_deal=True,
        is_list=True,
    ),
    Route(
        "lists:list_columns",
        expect(302),
        "post",
        lambda world: ("list",),
        lambda world: {"column": ["value"]},
    ),
    Route("lists:start_page", expect(200)),
    Route("lists:start_page", expect(302), "post", data=lambda world: {"start": "today"}),
    Route("lists:view_add", expect(200), args=lambda world: ("board",)),
    Route("lists:view_add", expect(302), "post", lambda world: ("list",), to_name),
    # A view of one's own is missing, or is another's: no page of ours asks for it.
    Route(
        "lists:view_replace",
        expect(400, owner=302),
        "post",
        lambda world: ("board",),
        lambda world: {"view": world.view.pk},
    ),
    Route("lists:view_rename", {**OWN_VIEW, "owner": 200}, args=of_view),
    Route("lists:view_rename", OWN_VIEW, "post", of_view, to_name),
    Route(
        "lists:view_share",
        OWN_VIEW,
        "post",
        of_view,
        lambda world: {"team": world.people.owner.team_id},
    ),
    Route("lists:view_unshare", WITHDRAWN_VIEW, "post", of_view),
    Route("lists:view_start", SEEN_VIEW, "post", of_view, lambda world: {"is_start": "on"}),
    Route(
        "lists:view_delete",
        {**WITHDRAWN_VIEW, "owner": 200, "manager": 200},
        args=of_view,
    ),
    Route("lists:view_delete", WITHDRAWN_VIEW, "post", of_view),
]
