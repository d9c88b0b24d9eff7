"""manage.py stage_conversion: the stage table of any moment, from history alone."""

import json
from datetime import date, datetime

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from core.moments import day_start
from pipeline.models import Stage
from reporting.conversion import stage_table
from reporting.figures import Figure
from reporting.periods import Period, local_day, rolling_year

HEADS = ("by", "stage", "entered", "moved on", "lost", "open", "rate", "95 %", "median days")


class Command(BaseCommand):
    help = (
        "Prints, per stage, how many deals entered it in a period and how many of them move on, as it was "
        "known at a moment, from history alone. Days are Berlin's and both included: what entered from the "
        "beginning of --from to the end of --to counts, followed up to --as-of. Without days: the twelve "
        "months before --as-of. Credit goes to the owner and team at entry. Definitions: docs/conversion.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The moment, the days, whose figures, and how to print them."""
        parser.add_argument(
            "--as-of", metavar="MOMENT", help="ISO 8601; Berlin time unless it names a zone; default: now"
        )
        parser.add_argument("--from", metavar="DATE", dest="starts_on", help="first day of entry, YYYY-MM-DD")
        parser.add_argument("--to", metavar="DATE", dest="ends_on", help="last day of entry, YYYY-MM-DD")
        parser.add_argument("--by", choices=["rep", "team", "all"], default="all")
        parser.add_argument("--format", choices=["json", "table"], default="table")

    def handle(self, *args: object, **options: str) -> None:
        """Compute and print."""
        as_of = _moment(options["as_of"]) if options["as_of"] else timezone.now()
        year = rolling_year(local_day(as_of))
        starts_on = _day(options["starts_on"]) if options["starts_on"] else year.starts_on
        ends_on = _day(options["ends_on"]) if options["ends_on"] else None
        if ends_on and ends_on < starts_on:
            raise CommandError("--to lies before --from.")

        table = stage_table(as_of, Period("days", starts_on, ends_on), options["by"])  # type: ignore[arg-type]
        lines = [_line(name, figure) for name, figure in table]
        self.stdout.write(json.dumps(lines, indent=1) if options["format"] == "json" else _table(lines))


def _line(name: str, figure: Figure) -> dict[str, str | int | float | None]:
    numbers = figure.numbers
    return {
        "by": name,
        "stage": Stage(figure.stage).name.lower(),
        "entered": numbers.entered,
        "moved_on": numbers.moved_on,
        "lost": numbers.lost,
        "open": numbers.still_open,
        "rate": numbers.rate,
        "low": numbers.low,
        "high": numbers.high,
        "median_days": numbers.median_days,
    }


def _table(lines: list[dict[str, str | int | float | None]]) -> str:
    rows = [HEADS, *(tuple(_cells(**line)) for line in lines)]  # type: ignore[arg-type]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _cells(
    *,
    by: str,
    stage: str,
    entered: int,
    moved_on: int,
    lost: int,
    open: int,
    rate: float,
    low: float,
    high: float,
    median_days: float | None,
) -> tuple[str, ...]:
    interval = f"{low:.1%} to {high:.1%}"
    median = "-" if median_days is None else f"{median_days:.1f}"
    return by, stage, str(entered), str(moved_on), str(lost), str(open), f"{rate:.1%}", interval, median


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment:
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return day_start(_day(text))


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"“{text}” is no ISO date or moment, such as 2026-11-23 or 2026-11-23T14:00.")
    return day
