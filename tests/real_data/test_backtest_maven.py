"""A backtest by quarter over 8,800 real deals, brought in by the import: the figures of docs/forecast.md."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

ASKED = ("--from=2017-04-01", "--to=2017-10-01", "--until=2017-12-31", "--step=quarter", "--as-happened")
QUARTERS = {"2017-04-01": "2017Q2", "2017-07-01": "2017Q3", "2017-10-01": "2017Q4"}


@pytest.mark.django_db
def test_the_quarters_are_foretold_from_what_had_happened_and_judged_by_what_is_known(shared_data, tmp_path):
    folder: Path = shared_data("maven_crm")
    known = json.loads((folder / "figures.json").read_text())["won_value_by_close_quarter"]
    rejects = f"--rejects={tmp_path / 'rejected.csv'}"
    call_command("import_deals", str(folder / "sales_pipeline.csv"), rejects, stdout=io.StringIO())

    out = io.StringIO()
    call_command("backtest", *ASKED, "--format=json", stdout=out, stderr=io.StringIO())
    told = json.loads(out.getvalue())

    figures = [figure for moment in told["moments"] for figure in moment["figures"]]
    came = {(figure["period"], figure["came"]) for figure in figures if is_revenue_of_all(figure)}
    assert came == {(quarter, known[name]) for quarter, name in QUARTERS.items()}
    summary = {(one["covers"], one["measure"]): one for one in told["summary"]}
    # Three quarters from the first moment, two from the second, one from the third.
    assert summary["open", "wins"]["figures"] == 6
    assert abs(summary["open", "wins"]["bias"]) < abs(bias_of(figures, "rate"))


def is_revenue_of_all(figure: dict) -> bool:
    return (figure["covers"], figure["measure"]) == ("total", "revenue")


def bias_of(figures: list[dict], method: str) -> float:
    wins = [one for one in figures if (one["covers"], one["measure"]) == ("open", "wins")]
    return sum(one[method] for one in wins) / sum(one["came"] for one in wins) - 1
