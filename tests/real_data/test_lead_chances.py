"""The chance to convert, learned from real leads by what was known before anybody talked to them."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from leads.learning.model import Case, learn

# Known only after contact, or made by a score of their own: Tags, Lead Quality, Lead Profile, the last
# activities, the Asymmetrique columns. What the visitor said or did before is left.
KNOWN_BEFORE = (
    "Lead Origin",
    "Lead Source",
    "Country",
    "City",
    "Specialization",
    "What is your current occupation",
    "How did you hear about X Education",
    "Do Not Email",
)


def test_what_is_known_before_contact_tells_who_converts(shared_data: Callable[[str], Path]):
    with (shared_data("xeducation_leads") / "Leads.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["Lead Number"]))
    cases = [Case(words(row), row["Converted"] == "1") for row in rows]

    model = learn(cases)

    assert model is not None
    assert model.quality.cases == 1848
    assert model.quality.auc == pytest.approx(0.880, abs=0.005)
    assert model.quality.brier == pytest.approx(0.138, abs=0.003)
    assert model.quality.brier_of_mean == pytest.approx(0.233, abs=0.001)


def words(row: dict[str, str]) -> frozenset[str]:
    """What a row says that was known when it came; placeholders say nothing."""
    said = {f"{name}: {row[name].casefold()}" for name in KNOWN_BEFORE if row[name] not in ("", "Select")}
    minutes = int(float(row["Total Time Spent on Website"] or 0)) // 60
    visits = float(row["TotalVisits"] or 0)
    said.add(f"minutes on the web site: {'0' if not minutes else '1-9' if minutes < 10 else '10 and more'}")
    said.add(f"visits: {'0' if not visits else '1-3' if visits < 4 else '4 and more'}")
    return frozenset(said)
