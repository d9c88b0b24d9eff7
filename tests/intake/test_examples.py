"""The examples of docs/leads.md are run as they stand there."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from intake.actions import make_key
from intake.models import Submission
from tests.factories import SourceFactory, UserFactory

DOCS = Path(__file__).resolve().parents[2] / "docs" / "leads.md"
ORDER = {
    "id": 99,
    "billing": {"first_name": "Nora", "last_name": "Neu", "email": "n@neu.example", "postcode": "20095"},
    "line_items": [{"name": "Fenster"}],
    "total": "1200.00",
}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.django_db(transaction=True)
def test_curl_python_and_the_hook_of_a_shop_hand_in_a_lead_each(live_server):
    _key, token = make_key("Beispiel", SourceFactory(), actor=UserFactory())
    env = {**os.environ, "FUNNEL": live_server.url, "KEY": token}
    (curl,), (python, hook) = blocks("sh"), blocks("python")
    hook += f"\nprint(hand_on({json.dumps(ORDER)}))"

    answers = [
        subprocess.run(command, env=env, capture_output=True, text=True, check=True, timeout=60).stdout
        for command in (["sh", "-c", curl], [sys.executable, "-c", python], [sys.executable, "-c", hook])
    ]

    assert '"state": "received"' in answers[0]
    assert answers[2].strip() == "202"
    assert list(Submission.objects.order_by("pk").values_list("once", flat=True)) == [
        "4711",
        "4712",
        "shop-99",
    ]
