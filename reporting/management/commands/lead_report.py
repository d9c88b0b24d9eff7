"""manage.py lead_report: what came of the leads of a period, as the page shows it."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from leads.models import Lead
from reporting.lead_figures import LeadGroup, lead_report
from reporting.periods import Period, local_day, rolling_year

WAYS = ("source", "medium", "campaign", "form", "rep", "team", "direction", "reason")
HEADS = ("name", "leads", "inbound", "outbound", "converted", "won", "disqualified", "open", "rate")


class Command(BaseCommand):
    help = (
        "Prints, per source, medium, campaign, form, rep, team, direction or reason, how many leads were "
        "received in a period and what came of them. Days are Berlin's and both included; without days: the "
        "last twelve months."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """By what, which days, and how to print."""
        parser.add_argument("--by", choices=WAYS, default="source")
        parser.add_argument("--from", metavar="DATE", dest="starts_on", help="first day, YYYY-MM-DD")
        parser.add_argument("--to", metavar="DATE", dest="ends_on", help="last day, YYYY-MM-DD")
        parser.add_argument("--format", choices=["json", "table"], default="table")

    def handle(self, *args: object, **options: str) -> None:
        """Compute and print."""
        now = timezone.now()
        starts_on = _day(options["starts_on"]) or rolling_year(local_day(now)).starts_on
        period = Period("days", starts_on, _day(options["ends_on"]))
        report = lead_report(Lead.objects.current(), period, options["by"], now)  # type: ignore[arg-type]
        lines = [_line(group) for group in report.groups]
        if options["format"] == "json":
            self.stdout.write(json.dumps(lines, indent=1, ensure_ascii=False))
            return
        self.stdout.write("  ".join(HEADS))
        for line in lines:
            self.stdout.write("  ".join(str(line[head]) for head in HEADS))


def _line(group: LeadGroup) -> dict[str, object]:
    figures = group.deal_figures
    return {
        "name": group.name,
        "leads": group.received,
        "inbound": group.inbound,
        "outbound": group.outbound,
        "converted": group.converted,
        "won": group.won,
        "disqualified": group.disqualified,
        "open": group.open,
        "rate": figures.rate,
        "low": figures.low,
        "high": figures.high,
        "cost": None if group.cost is None else str(round(group.cost, 2)),
    }


def _day(text: str | None) -> date | None:
    if not text:
        return None
    day = parse_date(text)
    if day is None:
        raise CommandError(f"“{text}” is no ISO date, such as 2026-11-23.")
    return day
