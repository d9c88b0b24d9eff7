"""Bringing in a file of companies: checked, brought in, again with newer values, taken back.

A process of its own, so that its memory is that of the import: python -m benchmarks.imports ROWS.
"""

import csv
import io
import json
import os
import resource
import subprocess
import sys
from random import Random
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from benchmarks.words import FORMS, SURNAMES, TOWNS, TRADES

if TYPE_CHECKING:
    from imports.models import Import

HEAD = ["Externe ID", "Firma", "Branche", "Straße", "PLZ", "Ort", "Telefon", "E-Mail", "Tags"]
SEED = 11
LAST = "MB"


def measure_import(rows: int) -> dict[str, float]:
    """Seconds of each step, those in which Python computed, and the most memory in MB; of a fresh process."""
    command = [sys.executable, "-m", "benchmarks.imports", str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)  # noqa: S603
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def companies(rows: int, *, trade: str = "") -> bytes:
    """A file of so many invented companies; with `trade` all of them changed to it."""
    rng = Random(SEED)  # noqa: S311 - plausible, not secret
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEAD)
    for number in range(rows):
        own = rng.choice(TRADES)
        name = f"{rng.choice(SURNAMES)} & {rng.choice(SURNAMES)} {own} {number} {rng.choice(FORMS)}"
        street, code = f"Gewerbeweg {number % 300 + 1}", f"{number % 89_000 + 10_000}"
        phone, mail = f"+4930{2_000_000 + number}", f"info@betrieb{number}.example"
        town = rng.choice(TOWNS)
        writer.writerow([f"I{number}", name, trade or own, street, code, town, phone, mail, "Messe"])
    return text.getvalue().encode()


def main() -> None:
    """Bring in, bring up to date, take back; print what it took as JSON."""
    rows = int(sys.argv[1])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    from funnel_crm import embedded

    embedded.ensure_running()
    import django

    django.setup()
    from imports import actions

    told: dict[str, float] = {}
    run = _brought(companies(rows))
    for step, begin in (
        ("checked", actions.check),
        ("brought in", actions.run),
        ("taken back", actions.undo),
    ):
        if step == "taken back":
            newer = _brought(companies(rows, trade="Neuer Zweig"))
            _do(actions.run(newer, actor=newer.actor), "brought up to date", told)
            _do(actions.undo(newer, actor=newer.actor), "brought back", told)
        run = _do(begin(run, actor=run.actor), step, told)
    told[LAST] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(told) + "\n")


def _brought(content: bytes) -> "Import":
    from accounts.models import User
    from benchmarks.staff import ADMIN_EMAIL
    from imports import actions

    actor = User.objects.get(email=ADMIN_EMAIL)
    run = actions.bring_files([("betriebe.csv", io.BytesIO(content))], as_of=None, actor=actor)
    return _do(run, "read", {})


def _do(run: "Import", step: str, told: dict[str, float]) -> "Import":
    from core import jobs
    from imports.models import Import

    began, computed = perf_counter(), process_time()
    jobs.run(run.job_id or 0)
    told[step], told[f"{step}, Python"] = perf_counter() - began, process_time() - computed
    run = Import.objects.select_related("actor", "job").get(pk=run.pk)
    if run.job is None or run.job.state != "done":
        raise RuntimeError(f"The import was not {step}: {run.job and run.job.message}")
    return run


if __name__ == "__main__":
    main()
