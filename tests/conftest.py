"""What every test may use: people with their teams, logging in, counting queries."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django

# Here and not in pyproject.toml: the settings must be read after the tests have chosen servers of their own.
os.environ.setdefault("FUNNEL_STATE", "test")
os.environ.setdefault("FUNNEL_UNSAFE_FAST", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "funnel_crm.settings")
django.setup()

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, Team, User
from funnel_crm import embedded
from tests.factories import TeamFactory, UserFactory

PASSWORD = "ein-langes-Kennwort-1"


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded servers before pytest-django wants a database; hash passwords quickly.

    Static files keep their names: tests run without collectstatic and its manifest.
    """
    # A busy machine is no fault of the code.
    hypothesis.settings.register_profile(
        "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("suite")
    embedded.ensure_running()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@dataclass
class People:
    """One of each kind of user the rights distinguish."""

    owner: User
    colleague: User
    manager: User
    stranger: User
    other_manager: User
    admin: User
    deactivated: User


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a test brings in lies in a folder of its own."""
    for name, path in places_of_files(tmp_path_factory).items():
        setattr(settings, name, path)


def places_of_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The settings that say where files go, for as long as the tests run."""
    folder = tmp_path_factory.getbasetemp()
    return {"MEDIA_ROOT": folder / "files", "LEDGER_FILE": folder / "ledger.jsonl"}


@pytest.fixture
def people(db: None) -> People:
    """Two teams with their managers; `owner` and `colleague` share one, `stranger` is in the other."""
    return make_people()


def make_people() -> People:
    """The rows behind `people`."""
    north, south = TeamFactory(name="Nord"), TeamFactory(name="Süd")
    people = People(
        owner=UserFactory(team=north, email="owner@trichter.example"),
        colleague=UserFactory(team=north, email="colleague@trichter.example"),
        manager=UserFactory(team=north, role=Role.MANAGER, email="manager@trichter.example"),
        stranger=UserFactory(team=south, email="stranger@trichter.example"),
        other_manager=UserFactory(team=south, role=Role.MANAGER, email="other.manager@trichter.example"),
        admin=UserFactory(team=Team.objects.unassigned(), role=Role.ADMIN, email="admin@trichter.example"),
        deactivated=UserFactory(team=north, is_active=False, email="deactivated@trichter.example"),
    )
    north.managers.add(people.manager)
    south.managers.add(people.other_manager)
    return people


@pytest.fixture(autouse=True)
def seeded(request: pytest.FixtureRequest) -> None:
    """Transactional tests wipe what migrations seeded; put it back for each test that uses the database."""
    if (
        "django_db" in request.keywords
        or "db" in request.fixturenames
        or "transactional_db" in request.fixturenames
    ):
        request.getfixturevalue("_seed")


@pytest.fixture
def _seed(request: pytest.FixtureRequest) -> None:
    if "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")
    from tests.seeding import seed

    seed()


def log_in(client: Client, people: People, who: str) -> User | None:
    """Log one of the people in; `anonymous` stays outside."""
    if who == "anonymous":
        return None
    user: User = getattr(people, who)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def count_queries() -> Callable[..., Iterator[CaptureQueriesContext]]:
    """`with count_queries() as counted: ...` and then `len(counted)`."""

    @contextmanager
    def counting() -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as context:
            yield context

    return counting
