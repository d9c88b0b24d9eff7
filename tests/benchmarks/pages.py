"""How fast the pages people use most are, with a few thousand deals: `make bench`.

Not a test by its name, so that the suite leaves it out; it fails only when a page does.
"""

import statistics
import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from demo.company import ADMIN_EMAIL
from demo.world import create_world
from pipeline.models import Deal

DEALS = 3000
ROUNDS = 15
PAGES = [
    "pipeline:deal_board",
    "pipeline:deal_list",
    "pipeline:deal_detail",
    "contacts:company_list",
    "contacts:person_list",
    "activities:today",
    "reporting:dashboard",
    "reporting:changes",
]


def test_pages(client: Client, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    """Print the median and the slowest of some rounds for each page, as an admin who sees everything."""
    create_world(timezone.localdate(), deals=DEALS, seed=5)
    client.force_login(
        User.objects.get(email=ADMIN_EMAIL), backend="django.contrib.auth.backends.ModelBackend"
    )
    with capsys.disabled():
        print(f"\n{DEALS} deals, {ROUNDS} rounds      median      slowest")  # noqa: T201 - the result
        for page in PAGES:
            times = [_milliseconds(client, page) for _ in range(ROUNDS + 1)][1:]
            print(f"{page:26} {statistics.median(times):8.1f} ms {max(times):8.1f} ms")  # noqa: T201


def _milliseconds(client: Client, page: str) -> float:
    arguments = [Deal.objects.latest("pk").pk] if page.endswith("_detail") else []
    began_at = time.perf_counter()
    answer = client.get(reverse(page, args=arguments))
    assert answer.status_code == 200
    return (time.perf_counter() - began_at) * 1000
