"""Routes of potentials: open to every colleague, like the companies they belong to."""

from uuid import uuid4

from tests.permissions.declare import Route, World, expect


def company(world: World) -> tuple[object, ...]:
    return (world.company.pk,)


def potential(world: World) -> tuple[object, ...]:
    return (world.potential.pk,)


def estimate(world: World) -> dict[str, object]:
    return {"demand": "90000", "currency": "EUR", "estimated_on": "2026-01-15", "version": 1}


def first_estimate(world: World) -> dict[str, object]:
    return {**estimate(world), "group": world.potential.group_id, "year": "", "form_key": uuid4()}


def supply(world: World) -> tuple[object, ...]:
    return (world.supply.pk,)


def known(world: World) -> dict[str, object]:
    return {"source": "dealer", "share": "30", "noted_on": "2026-01-15", "version": 1}


def first_known(world: World) -> dict[str, object]:
    return {**known(world), "group": world.potential.group_id, "supplier": "Neu", "form_key": uuid4()}


ROUTES = [
    Route("potentials:supply_add", expect(200), args=company),
    Route("potentials:supply_add", expect(302), "post", company, first_known),
    Route("potentials:supply_edit", expect(200), args=supply),
    Route("potentials:supply_edit", expect(302), "post", supply, known),
    Route("potentials:supply_archive", expect(302), "post", supply),
    Route("potentials:supply_unarchive", expect(302), "post", supply),
    Route("potentials:potential_list", expect(200), follows_deal=True, is_list=True),
    Route("potentials:company_panel", expect(200), args=company, follows_deal=True, is_list=True),
    Route("potentials:potential_add", expect(200), args=company),
    # There is one already, for this year alone.
    Route("potentials:potential_add", expect(302), "post", company, first_estimate),
    Route("potentials:potential_edit", expect(200), args=potential),
    Route("potentials:potential_edit", expect(302), "post", potential, estimate),
    Route("potentials:potential_archive", expect(302), "post", potential),
    Route("potentials:potential_unarchive", expect(302), "post", potential),
    Route("potentials:potential_deal", expect(302), "post", potential),
]
