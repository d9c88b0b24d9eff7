"""The public holidays of the German Länder against those of the reference data."""

import csv
from datetime import date, timedelta

from core.lands import LANDS
from core.working_days import holiday_on


def test_every_holiday_of_every_land_from_2024_to_2030_is_known(shared_data):
    with (shared_data("german_reference") / "feiertage_de_2024_2030.csv").open(encoding="utf-8") as lines:
        listed = {(f"DE-{row['land']}", date.fromisoformat(row["datum"])) for row in csv.DictReader(lines)}

    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(7 * 365 + 2)]
    lands = [land for land in LANDS if land.startswith("DE-")]
    known = {(land, day) for land in lands for day in days if holiday_on(day, land)}

    assert days[-1] == date(2030, 12, 31)
    assert known == listed
