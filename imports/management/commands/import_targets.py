"""manage.py import_targets: targets of reps and teams by month."""

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings as site
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.errors import DomainError
from imports.amounts import currency_code
from imports.errors import ImportRefused
from imports.management.commands.import_deals import DAY_ORDERS, DECIMAL_SIGNS
from imports.mapping import ValueMap
from imports.reading import read_table
from imports.rejects import merged, write_rejects
from imports.rows import Settings
from imports.sources import Source, understand_targets
from imports.tables import Limits, Table
from imports.target_rows import TargetRow
from imports.targets import import_targets
from imports.words import own_words


@dataclass(frozen=True)
class Options:
    """The command line, typed."""

    file: Path
    map: list[str]
    values: list[str]
    currency: str
    dates: str | None
    decimals: str | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    rejects: Path | None
    dry_run: bool


class Command(BaseCommand):
    """Reads the file, sets the targets, and writes the rejected rows and a summary. See docs/targets.md."""

    help = (
        "Import targets (CSV or XLSX): rep or team, month, amount, and what is measured. See docs/targets.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what it does not say by itself."""
        add = parser.add_argument
        add("file", type=Path, help="table of targets")
        add("--map", action="append", default=[], metavar="COLUMN=FIELD", help="names a column")
        add("--values", action="append", default=[], metavar="FIELD:THEIRS=OURS", help="translates a value")
        add("--currency", default=site.DEFAULT_CURRENCY, help="of amounts that name none")
        add("--dates", choices=DAY_ORDERS, help="order of dates like 3/4/2025")
        add("--decimals", choices=DECIMAL_SIGNS, help="decimal sign of numbers like 1.234")
        add("--encoding", help="of a CSV file")
        add("--delimiter", help="of a CSV file")
        add("--sheet", help="of a workbook (default: the first visible one)")
        add("--rejects", type=Path, help="file for rejected rows (default: rejected-FILE.csv)")
        add("--dry-run", action="store_true", help="find out everything, set no target")

    def handle(self, *args: object, **options: object) -> None:
        """Import, or say in one sentence why not."""
        names = Options.__dataclass_fields__
        given = Options(**{name: options[name] for name in names})  # type: ignore[arg-type]
        try:
            self._import(given)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, options: Options) -> None:
        settings = Settings(
            zone=ZoneInfo(site.TIME_ZONE),
            currency=currency_code(options.currency),
            order=DAY_ORDERS.get(options.dates or ""),
            sign=DECIMAL_SIGNS.get(options.decimals or ""),
            values=ValueMap(options.values),
            own_words=own_words(),
        )
        source = understand_targets(_table(options), settings, options.map)
        done = import_targets(source, is_trial=options.dry_run)
        result = {
            "dry_run": options.dry_run,
            "read": source.read,
            "targets": done.targets,
            "changed": done.changed,
            "rejected": len(merged(source.rejects)),
            "columns": source.interpreter.columns.summary(),
            "ignored_columns": source.interpreter.columns.ignored,
            "readings": source.interpreter.readings(),
            "unused_mappings": settings.values.unused(),
            "rejects_file": self._write_rejects(options, source),
        }
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))

    def _write_rejects(self, options: Options, source: Source[TargetRow]) -> str | None:
        rejects = merged(source.rejects)
        if not rejects:
            return None
        path = options.rejects or Path(f"rejected-{options.file.stem}.csv")
        free = write_rejects(path, source.headers, rejects)
        said = _("%(count)s rows rejected: %(path)s") % {"count": len(rejects), "path": free}
        self.stderr.write(said, self.style.NOTICE)
        return str(free)


def _table(options: Options) -> Table:
    try:
        with options.file.open("rb") as file:
            content = file.read(Limits().file_bytes + 1)
    except OSError as error:
        raise ImportRefused(f"{options.file}: {error.strerror}") from error
    return read_table(content, encoding=options.encoding, delimiter=options.delimiter, sheet=options.sheet)
