"""Templates and style sheets keep the rules of the frame: strict CSP, known files, pages for outages."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import resolve, reverse

from core.templatetags.navigation import navigation

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "an event attribute": re.compile(r"\s(?:on[a-z]+|hx-on[\w:-]*)=", re.I),
    "a javascript address": re.compile(r"javascript:", re.I),
}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_a_template_holds_nothing_the_content_security_policy_refuses(template):
    text = template.read_text(encoding="utf-8")

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_every_static_file_a_template_names_exists(template):
    names = re.findall(r"""\{% static ["']([^"']+)["'] %\}""", template.read_text(encoding="utf-8"))

    assert [name for name in names if not finders.find(name)] == []


@pytest.mark.parametrize("component", COMPONENTS, ids=_name)
def test_a_component_says_in_its_first_line_what_it_is_and_needs(component):
    first = component.read_text(encoding="utf-8").splitlines()[0]

    assert re.fullmatch(r"\{# .+ Context: .+ #\}", first)


@pytest.mark.parametrize("sheet", SHEETS, ids=_name)
def test_a_style_sheet_uses_only_tokens_that_exist(sheet):
    defined = set(re.findall(r"(--[\w-]+)\s*:", "".join(s.read_text(encoding="utf-8") for s in SHEETS)))
    used = set(re.findall(r"var\((--[\w-]+)", sheet.read_text(encoding="utf-8")))

    assert used - defined == set()


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_the_page_of_an_outage_needs_no_database_and_no_request(name):
    page = get_template(name).template.render(Context())

    assert "<h1>" in page


def test_the_page_of_an_outage_speaks_german():
    assert 'lang="de"' in render_to_string("503.html")


def test_a_page_of_the_administration_marks_no_place(rf):
    request = rf.get("/")
    request.resolver_match = resolve(reverse("activities:hand_over", args=[1]))

    blocks = navigation(Context({"request": request}))

    assert [entry.place for block in blocks for entry in block.entries if entry.is_here] == []
