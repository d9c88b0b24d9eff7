"""The house rules that a tool can check."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from funnel_crm.celery import app as queue
from funnel_crm.events import ROUTES

ROOT = Path(__file__).resolve().parent.parent
APPS = [
    "core",
    "accounts",
    "lists",
    "extra_fields",
    "contacts",
    "catalog",
    "leads",
    "pipeline",
    "offers",
    "activities",
    "partners",
    "potentials",
    "mailbox",
    "calling",
    "intake",
    "planning",
    "reporting",
    "explorer",
    "quality",
    "imports",
    "search",
    "automation",
    "privacy",
    "demo",
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MODULES = [
    path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts
]


def test_each_route_of_an_event_leads_to_a_task():
    queue.loader.import_default_modules()

    for tasks in ROUTES.values():
        for task in tasks:
            assert import_string(task).name in queue.tasks


def test_each_tick_of_the_clock_is_a_task():
    queue.loader.import_default_modules()

    assert {tick["task"] for tick in settings.CELERY_BEAT_SCHEDULE.values()} <= queue.tasks.keys()


def test_each_recorded_kind_stands_in_the_table_of_routes():
    call = re.compile(r'events\.record\(\s*"([^"]+)"')
    recorded = {kind for path in MODULES for kind in call.findall(path.read_text(encoding="utf-8"))}

    assert recorded - ROUTES.keys() == set()
    assert ROUTES.keys() - recorded == set()


def test_views_start_from_what_the_user_may_see():
    """`.objects` in a view is followed by visible_to or editable_by, or handed on whole to who asks them."""
    allowed = re.compile(
        r"\.objects\.(visible_to|editable_by)\(|\bget_(visible|editable)\(\w+\.objects\b|\.objects,$"
    )

    offences = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in MODULES
        if path.stem.startswith("views") or "views" in path.relative_to(ROOT).parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if ".objects" in line and not allowed.search(line)
    ]

    assert offences == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_keep_the_content_security_policy_and_escape_text(path):
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|\|\s*safe\b|autoescape off|javascript:", source)
    assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", source)


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if path.name.startswith("_")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_fragment_says_what_it_is_and_what_it_needs(path):
    assert re.match(r"\{# .+", path.read_text(encoding="utf-8"))


def test_no_module_is_a_drawer_for_everything():
    assert [path for path in MODULES if path.stem in ("utils", "helpers", "misc", "signals", "common")] == []


def test_no_path_of_a_machine_and_no_registry_is_named():
    suspicious = re.compile(r"/work/|/root/|pypi\.org|pythonhosted|registry\.npmjs|localhost:\d+/simple")
    tracked = [
        path
        for pattern in ("*.py", "*.md", "*.txt", "*.toml", "*.yml", "*.in", "*.html", "*.js", "*.css")
        for path in ROOT.rglob(pattern)
        if not {".venv", "var", "node_modules"} & set(path.relative_to(ROOT).parts) and path != Path(__file__)
    ]

    assert [str(path) for path in tracked if suspicious.search(path.read_text(encoding="utf-8"))] == []
