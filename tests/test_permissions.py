"""The permission matrix: every address, every kind of user, the answer; a refusal changes nothing."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from intake.models import SenderCount
from lists.models import ExportLog
from tests import permissions
from tests.conftest import log_in, make_people, places_of_files
from tests.permissions import world as worlds
from tests.permissions.declare import ACTORS, Route, World
from tests.permissions.written import rows_written, tables_of
from tests.seeding import seed

OWN_APPS = {
    "explorer",
    "quality",
    "core",
    "accounts",
    "extra_fields",
    "contacts",
    "catalog",
    "leads",
    "pipeline",
    "offers",
    "activities",
    "partners",
    "potentials",
    "calling",
    "mailbox",
    "intake",
    "planning",
    "reporting",
    "imports",
    "search",
    "automation",
    "privacy",
}
# Files that are no export: one entry's own file, mail, picture or date, and an empty table to fill in.
HAND_OUTS = {
    "activities:appointment_file",
    "activities:file_download",
    "imports:import_template",
    "mailbox:mail_raw",
    "intake:submission_file",
}
# Whoever is refused on a public page is counted: that is what limits them.
COUNTED = (SenderCount,)
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


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """One world for all routes: every test works in a savepoint of this transaction, and undoes it."""
    files = override_settings(**places_of_files(tmp_path_factory))
    with files, django_db_blocker.unblock(), transaction.atomic():
        seed()
        yield worlds.build(make_people())
        transaction.set_rollback(True)


ROUTES = declared()


def come_in(client, world: World, actor: str) -> None:
    """Log this actor in; `deactivated` had logged in before."""
    client.logout()
    if actor == "deactivated":
        world.people.deactivated.is_active = True
        world.people.deactivated.save()
        log_in(client, world.people, actor)
        world.people.deactivated.is_active = False
        world.people.deactivated.save()
    else:
        log_in(client, world.people, actor)


def answer(client, route: Route, world: World):
    """What the address says to whoever is logged in."""
    url = reverse(route.name, args=route.args(world))
    return getattr(client, route.method)(url, route.data(world), headers=route.headers)


def written_since(before: dict[str, int]) -> set[str]:
    """The tables of ours that were written to since, but for what counts the refused."""
    counted = {model._meta.db_table for model in COUNTED}
    changed = {table for table, rows in rows_written().items() if rows != before.get(table, 0)}
    return changed & tables_of(OWN_APPS) - counted


def text_of(response) -> str:
    """What an answer says, a file too; of one that is no text what can be read."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def takes_data_out(response, route: Route) -> bool:
    """Whether the answer is a file of rows."""
    is_file = response.get("Content-Disposition", "").startswith("attachment")
    return is_file and route.name not in HAND_OUTS


def is_refusal(route: Route, actor: str, status: int) -> bool:
    """Outsiders are refused wherever they are sent away; the others by 403 and 404."""
    is_outside = actor in ("anonymous", "deactivated")
    return status in (403, 404) or (is_outside and status in (302, 401))


def status_of(response, route: Route, actor: str) -> int:
    """The status; a fragment's 401 with the way to the log-in counts as the redirect it stands for."""
    if (
        response.status_code == 401
        and route.headers.get("HX-Request") == "true"
        and "HX-Redirect" in response
    ):
        return 302
    return response.status_code


def test_every_route_declares_who_may_use_it():
    assert named_routes(get_resolver()) - {route.name for route in ROUTES} == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "route",
    [pytest.param(route, id=f"{route.method}-{route.name}-{index}") for index, route in enumerate(ROUTES)],
)
def test_each_actor_gets_the_declared_answer_and_a_refusal_changes_nothing(world, client, route):
    answers: dict[str, int] = {}

    for actor in ACTORS:
        with transaction.atomic():
            come_in(client, world, actor)
            before = rows_written()
            response = answer(client, route, world)
            answers[actor] = status_of(response, route, actor)
            text = text_of(response)
            assert not worlds.KEY_AS_NUMBER.search(text), actor
            if takes_data_out(response, route):
                assert ExportLog.objects.filter(by=getattr(world.people, actor)).exists(), actor
            if is_refusal(route, actor, answers[actor]):
                assert written_since(before) == set(), actor
                assert worlds.MARKER not in text, actor
            transaction.set_rollback(True)

    assert answers == route.expect


@pytest.mark.django_db
@pytest.mark.parametrize(
    "route",
    [
        pytest.param(route, id=f"{route.method}-{route.name}-{index}")
        for index, route in enumerate(ROUTES)
        if route.follows_deal
    ],
)
def test_a_deal_of_others_is_not_there_when_everyone_sees_only_their_own(world, client, settings, route):
    settings.DEAL_VISIBILITY = "own"

    for actor in ("colleague", "stranger", "other_manager"):
        with transaction.atomic():
            come_in(client, world, actor)
            before = rows_written()
            response = answer(client, route, world)
            assert response.status_code in ((200, 204) if route.is_list else (404,)), actor
            assert worlds.MARKER not in text_of(response), actor
            if not route.is_list:
                assert written_since(before) == set(), actor
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_is_written_is_seen_even_when_it_is_undone(world):
    before = rows_written()

    with transaction.atomic():
        world.deal.save()
        transaction.set_rollback(True)

    assert written_since(before) == {world.deal._meta.db_table}
