"""manage.py backtest: forecasts of past moments, from what was known then, beside what came."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from core.moments import day_start
from core.snapshot import snapshot
from reporting.backtest import DRAWS, Backtest
from reporting.backtest_report import Told, report_of
from reporting.periods import MONTH, local_day

MOST_DRAWS = 2000


class Command(BaseCommand):
    help = (
        "Recomputes the forecast for the beginning of each month (or quarter) from --from to --to, from what "
        "was known then: steps, values, owners, currencies and orders recorded by that moment. Prints every "
        "figure of the months that are over beside what came and what three simple methods said, and how "
        "often the intervals held, bias, calibration and errors. --as-happened takes an imported history as "
        "if it had been written down day by day. Definitions: docs/forecast.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which moments, how they are read, and how to print."""
        parser.add_argument("--from", metavar="DATE", dest="first", help="first day, YYYY-MM-DD")
        parser.add_argument("--to", metavar="DATE", dest="last", help="last day; default: today")
        parser.add_argument(
            "--until", metavar="DATE", help="last day whose events are known as the truth; default: now"
        )
        parser.add_argument("--step", choices=["month", "quarter"], default="month")
        parser.add_argument("--as-happened", action="store_true", help="by when things happened")
        parser.add_argument("--draws", type=int, default=DRAWS, help=f"futures drawn, default {DRAWS}")
        parser.add_argument("--format", choices=["json", "table"], default="table")

    def handle(self, *args: object, **options: object) -> None:
        """Compute and print."""
        now = timezone.now()
        if until := _day(options["until"]):
            now = min(now, day_start(until + timedelta(days=1)))
        today = local_day(now)
        last = _day(options["last"]) or today
        first = _day(options["first"]) or today - 12 * MONTH
        draws = int(str(options["draws"]))
        if first > last:
            raise CommandError("--to lies before --from.")
        if not 1 <= draws <= MOST_DRAWS:
            raise CommandError(f"--draws must lie between 1 and {MOST_DRAWS}.")
        with snapshot():
            backtest = Backtest(
                now,
                step=str(options["step"]),  # type: ignore[arg-type]
                draws=draws,
                by_happening=bool(options["as_happened"]),
            )
            told = list(self._told(backtest, first, min(last, today)))
        report = report_of(told)
        asked = {"from": first, "to": last, "step": options["step"], "as_happened": options["as_happened"]}
        if options["format"] == "json":
            text = json.dumps({**asked, "draws": draws, **report.as_json()}, default=str, indent=1)
        else:
            text = report.as_table()
        self.stdout.write(text)

    def _told(self, backtest: Backtest, first: date, last: date) -> Iterator[Told]:
        for as_of in backtest.moments(first, last):
            self.stderr.write(f"{as_of:%Y-%m-%d}")
            forecaster = backtest.forecaster(as_of)
            outlook = forecaster.outlook()
            trial = backtest.trial(forecaster)
            everyone = [band for band in outlook.bands if band.scope == (None, None)]
            checks = list(trial.checks(everyone))
            tenths = [tenth for tenth in trial.tenths() if tenth.scope == (None, None)]
            yield Told(as_of, backtest.periods(as_of), outlook, checks, tenths if outlook.bands else [])


def _day(text: object) -> date | None:
    if not text:
        return None
    try:
        day = parse_date(str(text))
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"“{text}” is no ISO date, such as 2026-11-23.")
    return day
