"""809 targets of 18 sales people: all come in, and add up to what is known of them."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Max, Min, Sum

from planning.models import SalesTarget
from tests.factories import UserFactory


@pytest.fixture(scope="module")
def folder(shared_data) -> Path:
    return shared_data("adventureworks_targets")


def pipe_separated(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="|"))


@pytest.mark.django_db
def test_all_targets_come_in_and_add_up_to_the_known_sums(folder, tmp_path):
    figures = json.loads((folder / "figures.json").read_text())
    people = pipe_separated(folder / "Salesperson.csv")
    for person in people:
        first, _blank, last = person["Salesperson"].partition(" ")
        UserFactory(email=person["UPN"].lower(), first_name=first, last_name=last)
    mapped = [f"--values=owner:{person['EmployeeID']}={person['UPN']}" for person in people]
    out = io.StringIO()

    call_command(
        "import_targets",
        str(folder / "Targets.csv"),
        f"--rejects={tmp_path / 'rejected.csv'}",
        "--currency=USD",
        *mapped,
        stdout=out,
        stderr=io.StringIO(),
    )

    result = json.loads(out.getvalue())
    assert (result["read"], result["targets"], result["rejected"]) == (figures["targets_rows"],) * 2 + (0,)
    whole = SalesTarget.objects.aggregate(total=Sum("amount"), first=Min("month"), last=Max("month"))
    assert whole == {
        "total": figures["target_total"],
        "first": date.fromisoformat(figures["target_first_month"]),
        "last": date.fromisoformat(figures["target_last_month"]),
    }
    sums = {
        f"{row['rep__first_name']} {row['rep__last_name']}": float(row["total"])
        for row in SalesTarget.objects.values("rep__first_name", "rep__last_name").annotate(
            total=Sum("amount")
        )
    }
    known = {name: row["target_sum_all"] for name, row in figures["by_salesperson"].items()}
    assert {name: sums[name] for name in known} == known
