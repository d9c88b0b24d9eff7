"""What the first page after the log-in weighs on the line: the board with everything it loads."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from pipeline.models import Stage
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory

LIMIT = 100_000
CARDS = 50
STATIC = re.compile(r'(?:href|src)="/static/([^"]+)"')
# What a style sheet or a module of ours loads in turn.
FURTHER = re.compile(r"""(?:@import url\(|\bfrom\s+|\bimport\s+)["']([^"']+)["']""")


@pytest.mark.django_db
def test_the_first_page_is_light(client, people):
    for stage in Stage:
        for _each in range(CARDS // len(Stage)):
            DealFactory(owner=people.owner, stage=stage, company=CompanyFactory())
    log_in(client, people, "owner")

    page = client.get(reverse("pipeline:deal_board"), headers={"Accept-Encoding": "gzip"})

    files = {name: len(brotli.compress(file.read_bytes())) for name, file in loaded(page)}
    assert page["Content-Encoding"] == "gzip"
    assert len(page.content) + sum(files.values()) < LIMIT, files


def loaded(page) -> Iterator[tuple[str, Path]]:
    """Each static file of the page once, as WhiteNoise would compress it; the browser keeps them for good."""
    waiting = STATIC.findall(gzip.decompress(page.content).decode())
    seen = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        file = Path(finders.find(name))
        yield name, file
        if name.startswith(("css/", "js/")):
            found = FURTHER.findall(file.read_text(encoding="utf-8"))
            waiting += [str(Path("/", name).parent.joinpath(further).resolve())[1:] for further in found]
