"""Routes of call lists: the team of whoever made a list works through it; an entry is in one hand."""

from uuid import uuid4

from tests.permissions.declare import Route, World, expect

UNSEEN = {"stranger": 404, "other_manager": 404}


def call_list(world: World) -> tuple[object, ...]:
    return (world.call_entry.call_list_id,)


def entry(world: World) -> tuple[object, ...]:
    return (world.call_entry.pk,)


def in_hand(status: int) -> dict[str, int]:
    """`status` for the owner, who has the entry in hand; colleagues are told so."""
    return expect(409, owner=status, **UNSEEN)


def chosen(world: World) -> dict[str, object]:
    return {"rows": world.company.pk, "name": "Messe", "form_key": uuid4()}


def call(world: World) -> dict[str, object]:
    return {"form_key": uuid4(), "result": "not_reached", "direction": "out"}


ROUTES = [
    Route("calling:call_lists", expect(200)),
    Route(
        "calling:list_start",
        expect(404),
        "post",
        data=lambda w: {"form_key": uuid4(), "source": "view-99999999"},
    ),
    Route(
        "calling:rows_call", expect(200), args=lambda w: ("companies",), data=lambda w: {"pick": w.company.pk}
    ),
    Route("calling:rows_call", expect(302), "post", lambda w: ("companies",), chosen),
    Route("calling:desk", expect(200, **UNSEEN), args=call_list),
    Route("calling:entry_next", expect(302, **UNSEEN), "post", call_list),
    Route("calling:list_end", expect(302, colleague=403, **UNSEEN), "post", call_list),
    Route("calling:entry_call", in_hand(302), "post", entry, call),
    Route("calling:entry_skip", in_hand(302), "post", entry),
    Route("calling:entry_leave_out", in_hand(302), "post", entry),
    Route("calling:entry_leave", expect(302, **UNSEEN), "post", entry),
    Route("calling:entry_keep", in_hand(204), "post", entry),
]
