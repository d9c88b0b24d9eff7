"""manage.py import_deals: deals from another system, with their histories."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings as site
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from imports.amounts import DecimalSign, currency_code
from imports.deal_rows import CHANGE_FIELDS, DEAL_FIELDS, ChangeRow, DealRow
from imports.deals import import_deals
from imports.errors import ImportRefused
from imports.mapping import ValueMap, refuse_unknown_standings
from imports.moments import DayOrder
from imports.reading import read_table
from imports.rejects import Reject, merged, write_rejects
from imports.rows import Settings
from imports.rules import Rules
from imports.sources import Source, refuse_unknown_columns, understand_changes, understand_deals
from imports.summary import summary
from imports.tables import Limits, Table
from imports.words import own_words, standing_of
from pipeline.models import Stage

DAY_ORDERS = {"dmy": DayOrder.DAY_FIRST, "mdy": DayOrder.MONTH_FIRST}
DECIMAL_SIGNS = {"comma": DecimalSign.COMMA, "point": DecimalSign.POINT}


@dataclass(frozen=True)
class Options:
    """The command line, typed."""

    file: Path | None
    changes: Path | None
    map: list[str]
    values: list[str]
    tz: str
    currency: str
    dates: str | None
    decimals: str | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    unknown_stage: str
    rejects: Path | None
    dry_run: bool


class Command(BaseCommand):
    """Reads the files, imports, and writes the rejected rows and a summary. See docs/import.md."""

    help = "Import deals (CSV or XLSX), with --changes their stage history too. See docs/import.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files, and what they do not say by themselves."""
        add = parser.add_argument
        add("file", nargs="?", type=Path, help="table of deals; without it, --changes is both")
        add("--changes", type=Path, help="table of stage changes: deal, stage or outcome, moment, owner")
        add("--map", action="append", default=[], metavar="COLUMN=FIELD", help="names a column")
        add("--values", action="append", default=[], metavar="FIELD:THEIRS=OURS", help="translates a value")
        add("--tz", default=site.TIME_ZONE, help="zone of moments that name none (default: %(default)s)")
        add("--currency", default=site.DEFAULT_CURRENCY, help="of values that name none")
        add("--dates", choices=DAY_ORDERS, help="order of dates like 3/4/2025")
        add("--decimals", choices=DECIMAL_SIGNS, help="decimal sign of numbers like 1.234")
        add("--encoding", help="of the CSV files")
        add("--delimiter", help="of the CSV files")
        add("--sheet", help="of the workbooks (default: the first visible one)")
        add("--unknown-stage", default="kontakt", help="where closed deals of unknown stage were opened")
        add("--rejects", type=Path, help="file for rejected rows (default: rejected-FILE.csv)")
        add("--dry-run", action="store_true", help="find out everything, write no deal")

    def handle(self, *args: object, **options: object) -> None:
        """Import, or say in one sentence why not."""
        names = Options.__dataclass_fields__
        given = Options(**{name: options[name] for name in names})  # type: ignore[arg-type]
        try:
            self._import(given)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, options: Options) -> None:
        started = time.monotonic()
        rules = _rules(options)
        deals, changes = self._understood(options, rules.settings)
        self._tell(_("%(rows)s rows read, importing …") % {"rows": deals.read})
        done = import_deals(deals, changes, rules, is_trial=options.dry_run)

        source = options.file or options.changes or Path()
        path = options.rejects or Path(f"rejected-{source.stem}.csv")
        result = {**summary(done, deals, changes), **self._rejects(path, deals, changes)}
        result["seconds"] = round(time.monotonic() - started, 1)
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))

    def _understood(
        self, options: Options, settings: Settings
    ) -> tuple[Source[DealRow], Source[ChangeRow] | None]:
        table = self._table(options.file or options.changes, options)
        is_same = options.file in (None, options.changes)
        history = None
        if options.changes:
            history = table if is_same else self._table(options.changes, options)
        tables = [(table, DEAL_FIELDS), *([(history, CHANGE_FIELDS)] if history else [])]
        refuse_unknown_columns(options.map, tables)
        deals = understand_deals(table, settings, options.map, has_history=history is not None)
        return deals, understand_changes(history, settings, options.map) if history else None

    def _table(self, path: Path | None, options: Options) -> Table:
        if path is None:
            raise ImportRefused(_("Please name a file."))
        self._tell(_("Reading %(name)s …") % {"name": path.name})
        try:
            with path.open("rb") as file:
                content = file.read(Limits().file_bytes + 1)
        except OSError as error:
            raise ImportRefused(f"{path}: {error.strerror}") from error
        return read_table(
            content, encoding=options.encoding, delimiter=options.delimiter, sheet=options.sheet
        )

    def _rejects(
        self, path: Path, deals: Source[DealRow], changes: Source[ChangeRow] | None
    ) -> dict[str, str | None]:
        """Write what was rejected, of each file its own; a file that is both has one."""
        if changes is None:
            return {"rejects_file": self._write_rejects(path, deals.headers, deals.rejects)}
        if changes.interpreter.table is deals.interpreter.table:
            both = merged([*changes.rejects, *deals.rejects])
            return {"rejects_file": self._write_rejects(path, deals.headers, both)}
        beside = path.with_stem(f"{path.stem}-changes")
        return {
            "rejects_file": self._write_rejects(path, deals.headers, deals.rejects),
            "changes_rejects_file": self._write_rejects(beside, changes.headers, changes.rejects),
        }

    def _write_rejects(self, path: Path, headers: Sequence[str], rejects: Sequence[Reject]) -> str | None:
        """Write the rejected rows beside what was rejected before; answer where, None if there are none."""
        if not rejects:
            return None
        free = write_rejects(path, headers, rejects)
        self._tell(_("%(count)s rows rejected: %(path)s") % {"count": len(rejects), "path": free})
        return str(free)

    def _tell(self, text: str) -> None:
        self.stderr.write(text, self.style.NOTICE)


def _rules(options: Options) -> Rules:
    if options.tz not in available_timezones():
        raise ImportRefused(_("There is no time zone “%(name)s”.") % {"name": options.tz})
    values = ValueMap(options.values)
    words = own_words()
    refuse_unknown_standings(values, words)
    settings = Settings(
        zone=ZoneInfo(options.tz),
        currency=currency_code(options.currency),
        order=DAY_ORDERS.get(options.dates or ""),
        sign=DECIMAL_SIGNS.get(options.decimals or ""),
        values=values,
        own_words=words,
    )
    return Rules(settings, now=timezone.now(), unknown_from=_stage(options.unknown_stage, settings))


def _stage(text: str, settings: Settings) -> Stage:
    standing = standing_of(text, settings.own_words)
    if standing is None or standing.stage is None:
        raise ImportRefused(_("There is no stage “%(name)s”.") % {"name": text})
    return standing.stage
