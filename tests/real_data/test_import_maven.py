"""8,800 real deals in four spellings of one file: each gives the figures that are known of it."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, Q, Sum

from catalog.models import Product
from contacts.models import Company
from pipeline.models import Deal, Outcome, Stage
from tests.factories import ProductFactory

SPELLINGS = {
    "iso": "sales_pipeline.csv",
    "us": "variant_us_dates/sales_pipeline.csv",
    "german_excel": "variant_german_excel/verkaufschancen.csv",
    "xlsx": "variant_xlsx/sales_pipeline.xlsx",
}
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def folder(shared_data: Callable[[str], Path]) -> Path:
    return shared_data("maven_crm")


@pytest.fixture(scope="module")
def figures(folder: Path) -> dict:
    return json.loads((folder / "figures.json").read_text())


def imported(path: Path, tmp_path: Path, *options: str) -> dict:
    out = io.StringIO()
    rejects = f"--rejects={tmp_path / 'rejected.csv'}"
    call_command("import_deals", str(path), rejects, *options, stdout=out, stderr=io.StringIO())
    connection.check_constraints()
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_the_import_gives_the_known_figures_and_every_spelling_tells_the_same_deals(
    folder, figures, tmp_path
):
    summary = imported(folder / SPELLINGS["german_excel"], tmp_path)

    assert (summary["read"], summary["created"], summary["rejected"]) == (figures["rows"], figures["rows"], 0)
    assert summary["rejects_file"] is None
    assert summary["notes"]["without_customer"] == figures["opportunities_without_account"]
    assert summary["notes"]["without_opening_moment"] == figures["traps"]["prospecting_without_engage_date"]
    assert by_stage() == figures["by_stage"]
    assert by_owner() == figures["by_agent"]
    assert by_product() == figures["by_product"]
    assert won_by_quarter() == figures["won_value_by_close_quarter"]
    assert cycle_days() == figures["cycle_days_engage_to_close"]
    assert Company.objects.count() == figures["accounts"]
    assert Product.objects.count() == figures["products"]

    for path in SPELLINGS.values():
        again = imported(folder / path, tmp_path)
        assert (again["created"], again["unchanged"], again["differing"]) == (0, figures["rows"], 0), path


@pytest.mark.django_db
def test_a_product_spelled_otherwise_than_ours_is_told_with_its_count(folder, figures, tmp_path):
    ProductFactory(name="GTX Pro")

    trial = imported(folder / SPELLINGS["us"], tmp_path, "--dry-run")
    mapped = imported(folder / SPELLINGS["us"], tmp_path, "--dry-run", "--values", "product:GTXPro=GTX Pro")

    assert [(alike["theirs"], alike["ours"], alike["count"]) for alike in trial["look_alikes"]] == [
        ("GTXPro", "GTX Pro", figures["traps"]["product_name_GTXPro_vs_GTX Pro_rows"])
    ]
    assert mapped["look_alikes"] == []
    assert not Deal.objects.exists()


def by_stage() -> dict[str, int]:
    return {
        "Won": Deal.objects.filter(outcome=Outcome.WON).count(),
        "Lost": Deal.objects.filter(outcome=Outcome.LOST).count(),
        "Engaging": Deal.objects.open().filter(stage=Stage.KONTAKT).count(),
        "Prospecting": Deal.objects.open().filter(stage=Stage.AKQUISE).count(),
    }


def _figures(rows, *key: str) -> dict[str, dict]:
    counted = rows.values_list(*key).annotate(
        prospecting=Count("pk", Q(outcome=Outcome.OPEN, stage=Stage.AKQUISE)),
        engaging=Count("pk", Q(outcome=Outcome.OPEN, stage=Stage.KONTAKT)),
        won=Count("pk", Q(outcome=Outcome.WON)),
        lost=Count("pk", Q(outcome=Outcome.LOST)),
        won_sum=Sum("won_value"),
    )
    return {
        " ".join(row[: len(key)]): {
            "prospecting": row[-5],
            "engaging": row[-4],
            "won": row[-3],
            "lost": row[-2],
            "win_rate_pct": round(100 * row[-3] / (row[-3] + row[-2]), 2),
            "won_value": row[-1],
        }
        for row in counted
    }


def by_owner() -> dict[str, dict]:
    return _figures(Deal.objects.all(), "owner__first_name", "owner__last_name")


def by_product() -> dict[str, dict]:
    return _figures(Deal.objects.all(), "product__name")


def won_by_quarter() -> dict[str, int]:
    sums: dict[str, int] = {}
    for closed_at, value in Deal.objects.filter(outcome=Outcome.WON).values_list("closed_at", "won_value"):
        day = closed_at.astimezone(BERLIN)
        quarter = f"{day.year}Q{(day.month + 2) // 3}"
        sums[quarter] = sums.get(quarter, 0) + int(value)
    return dict(sorted(sums.items()))


def cycle_days() -> dict[str, dict]:
    days: dict[str, list[int]] = {"Lost": [], "Won": []}
    for outcome, opened, closed in Deal.objects.exclude(closed_at=None).values_list(
        "outcome", "opened_at", "closed_at"
    ):
        days[outcome.capitalize()].append(
            (closed.astimezone(BERLIN).date() - opened.astimezone(BERLIN).date()).days
        )
    days["Closed_all"] = days["Lost"] + days["Won"]
    return {
        name: {"median": median(of), "mean": round(mean(of), 2), "max": max(of), "min": min(of)}
        for name, of in days.items()
    }
