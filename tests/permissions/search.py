"""Routes of the global search."""

from tests.permissions.declare import Route, World, expect


def text(world: World) -> dict[str, object]:
    """A word of the deals that are hidden under DEAL_VISIBILITY=own."""
    return {"q": "offen"}


ROUTES = [
    Route(f"search:{name}", expect(200), data=text, follows_deal=True, is_list=True)
    for name in ("results", "suggestions")
]
