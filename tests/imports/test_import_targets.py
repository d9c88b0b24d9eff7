"""Targets from a file: whose, which month, how much; what is wrong is told by line and reason."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from planning.models import SalesTarget
from tests.factories import UserFactory

HEADER = "Verkäufer;Team;Monat;Kennzahl;Phase;Ziel"


def imported(tmp_path: Path, *lines: str, header: str = HEADER, options: tuple[str, ...] = ()) -> dict:
    path = tmp_path / "ziele.csv"
    path.write_text("\r\n".join([header, *lines]), encoding="cp1252")
    out = io.StringIO()
    rejects = f"--rejects={tmp_path / 'rejected.csv'}"
    call_command("import_targets", str(path), rejects, *options, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def stored() -> set[tuple]:
    rows = SalesTarget.objects.values_list("rep", "team", "month", "measure", "stage", "currency", "amount")
    return set(rows)


def reasons(result: dict) -> dict[int, str]:
    with open(result["rejects_file"], encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    return {int(row[-2]): row[-1] for row in rows[1:]}


def test_reps_and_teams_by_name_address_and_month_in_many_spellings(people, tmp_path):
    name = people.owner.get_full_name()
    result = imported(
        tmp_path,
        f"{name};;Mai 2026;Umsatz;;120.000,50 €",
        f"{people.owner.email};;06/2026;;;90.000",
        ";Nord;2026-05;Angebote;;40",
        ";nord;1.5.2026;Eintritte;Angebot;25",
        ";Nord;2026-05-17;Termine;;12",
    )

    owner, team, may = people.owner.pk, people.owner.team_id, date(2026, 5, 1)
    assert stored() == {
        (owner, None, may, "revenue", None, "EUR", Decimal("120000.50")),
        (owner, None, date(2026, 6, 1), "revenue", None, "EUR", 90000),
        (None, team, may, "offers", None, "", 40),
        (None, team, may, "entries", 3, "", 25),
        (None, team, may, "appointments", None, "", 12),
    }
    assert (result["read"], result["targets"], result["changed"], result["rejected"]) == (5, 5, 5, 0)
    assert result["rejects_file"] is None


def test_bad_rows_are_told_by_line_and_reason_and_good_ones_come_in(people, tmp_path):
    result = imported(
        tmp_path,
        "Niemand;;Mai 2026;;;100",
        ";Ost;Mai 2026;;;100",
        f"{people.owner.email};;irgendwann;;;100",
        f"{people.owner.email};;Mai 2026;Anrufe;;100",
        f"{people.owner.email};;Mai 2026;gewonnen;;2,5",
        f"{people.owner.email};;Mai 2026;;;0",
        f"{people.owner.email};;Mai 2026;;;",
        f"{people.owner.email};;;;;100",
        ";;Mai 2026;;;100",
        ";Nord;Mai 2026;Eintritte;;5",
        f"{people.owner.email};;Mai 2026;gewonnen;;3",
        f"{people.owner.email};;Mai 2026;gewonnen;;4",
        f"{people.owner.email};;Mai 2026;gewonnen;;3",
        ";Nord;13/2026;;;5",
    )

    found = reasons(result)
    assert sorted(found) == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15]
    assert "Niemand" in found[2]
    assert "Ost" in found[3]
    assert "Anrufe" in found[5]
    assert "12" in found[13]
    assert (result["targets"], result["rejected"]) == (1, 12)
    assert SalesTarget.objects.get().amount == 3


def test_the_second_import_changes_nothing_and_a_corrected_one_has_the_last_word(people, tmp_path):
    line = f"{people.owner.email};;Mai 2026;gewonnen;;"
    assert imported(tmp_path, line + "3")["changed"] == 1
    assert imported(tmp_path, line + "3")["changed"] == 0

    assert imported(tmp_path, line + "7")["changed"] == 1

    assert SalesTarget.objects.get().amount == 7


def test_a_trial_sets_nothing(people, tmp_path):
    result = imported(tmp_path, ";Nord;Mai 2026;;;100", options=("--dry-run",))

    assert (result["dry_run"], result["changed"]) == (True, 1)
    assert not SalesTarget.objects.exists()


def test_names_are_mapped_and_two_of_one_name_are_told_apart(people, tmp_path):
    twins = [UserFactory(first_name="Kim", last_name="Berg") for _ in range(2)]
    line = "Kim Berg;;Mai 2026;;;100"

    assert "Kim Berg" in reasons(imported(tmp_path, line))[2]
    result = imported(tmp_path, line, options=(f"--values=owner:Kim Berg={twins[1].email}",))

    assert result["rejected"] == 0
    assert SalesTarget.objects.get().rep == twins[1]
    assert User.objects.filter(email__endswith="import.invalid").count() == 0


def test_persons_have_no_targets_where_their_figures_are_not_shown(people, tmp_path, settings):
    settings.PER_REP_FIGURES = "team"

    result = imported(tmp_path, f"{people.owner.email};;Mai 2026;;;100", ";Nord;Mai 2026;;;100")

    assert (result["targets"], result["rejected"]) == (1, 1)


def test_a_file_without_month_or_amount_is_refused(people, tmp_path):
    with pytest.raises(CommandError):
        imported(tmp_path, "Nord;5", header="Team;Ziel")
