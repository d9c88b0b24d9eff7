"""Who may use the routes of the explorer."""

from tests.permissions.declare import Route, World, expect


def as_file(world: World) -> dict[str, object]:
    """A table of deals."""
    return {"format": "csv", "query": "rows=source"}


ROUTES = [
    Route("explorer:explorer", expect(200)),
    Route("explorer:records", expect(200), follows_deal=True, is_list=True),
    Route("explorer:file", expect(200), method="post", data=as_file),
]
