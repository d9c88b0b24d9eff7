"""The permission matrix: every address, every kind of user, the answer; a refusal changes nothing."""

import importlib
import pkgutil

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import permissions
from tests.conftest import log_in
from tests.permissions import world as worlds
from tests.permissions.declare import ACTORS, Route

OWN_APPS = {"core", "accounts", "contacts", "catalog", "leads", "pipeline", "activities", "reporting"}
# The admin is one door: tests/accounts/test_admin.py walks what is behind it.
GENERIC_NAMESPACES = {"admin"}


def declared() -> list[Route]:
    """What the modules beside this one say of their routes."""
    names = [module.name for module in pkgutil.iter_modules(permissions.__path__)]
    modules = [importlib.import_module(f"tests.permissions.{name}") for name in names]
    return [route for module in modules for route in getattr(module, "ROUTES", [])]


def named_routes(resolver: URLResolver, namespace: str = "") -> set[str]:
    """The full names of all routes under a resolver."""
    names: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            assert entry.name, f"the route {entry.pattern} has no name"
            names.add(f"{namespace}{entry.name}")
        elif entry.namespace not in GENERIC_NAMESPACES:
            names |= named_routes(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
    return names


def snapshot() -> dict[str, list[dict[str, object]]]:
    """Every row of our own tables."""
    models = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OWN_APPS
    ]
    return {
        model._meta.label: [
            # The test itself logs the actor in.
            {name: value for name, value in row.items() if name != "last_login"}
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in models
        if model._meta.pk is not None and not model._meta.label.endswith("Event")
    }


ROUTES = declared()
CASES = [
    pytest.param(route, actor, id=f"{route.method}-{route.name}-{index}-{actor}")
    for index, route in enumerate(ROUTES)
    for actor in ACTORS
]


def answer(client, route: Route, world, actor: str):
    """Send the request as this actor; `deactivated` had logged in before."""
    if actor == "deactivated":
        world.people.deactivated.is_active = True
        world.people.deactivated.save()
        log_in(client, world.people, actor)
        world.people.deactivated.is_active = False
        world.people.deactivated.save()
    else:
        log_in(client, world.people, actor)
    url = reverse(route.name, args=route.args(world))
    return getattr(client, route.method)(url, route.data(world), headers=route.headers)


def test_every_route_declares_who_may_use_it():
    assert named_routes(get_resolver()) - {route.name for route in ROUTES} == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "actor"), CASES)
def test_each_actor_gets_the_declared_answer(client, people, route, actor):
    world = worlds.build(people)
    expected = route.expect[actor]

    before = snapshot() if expected in (302, 401, 403, 404) else None
    response = answer(client, route, world, actor)

    is_fragment = route.headers.get("HX-Request") == "true"
    if actor in ("anonymous", "deactivated") and is_fragment and expected == 302:
        assert (response.status_code, "HX-Redirect" in response) == (401, True)
    else:
        assert response.status_code == expected
    refused = expected in (403, 404) or actor in ("anonymous", "deactivated")
    if refused and before is not None:
        assert snapshot() == before
        assert worlds.MARKER not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ["colleague", "stranger", "other_manager"])
@pytest.mark.parametrize(
    "route",
    [pytest.param(route, id=f"{route.method}-{route.name}") for route in ROUTES if route.follows_deal],
)
def test_a_deal_of_others_is_not_there_when_everyone_sees_only_their_own(
    client, people, settings, route, actor
):
    settings.DEAL_VISIBILITY = "own"
    world = worlds.build(people)
    before = snapshot()

    response = answer(client, route, world, actor)

    assert response.status_code in ((200,) if route.is_list else (404,))
    assert worlds.MARKER not in response.content.decode()
    if not route.is_list:
        assert snapshot() == before
