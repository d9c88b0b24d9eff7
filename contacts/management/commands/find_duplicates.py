"""manage.py find_duplicates: pairs of companies or persons that may be one."""

import csv
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict, Unpack

from django.core.management.base import BaseCommand, CommandError

from contacts.duplicate_files import pairs_in, read_records
from contacts.duplicate_search import LEAST_SCORE, pairs_in_database
from contacts.matching import Match
from contacts.models import Company, Person
from core.formulas import neutralised

KINDS: dict[str, type[Company] | type[Person]] = {"companies": Company, "persons": Person}
COLUMNS = ("score", "first", "second", "first_name", "second_name", "reasons")

Found = tuple[int, int, Match]


class Options(TypedDict):
    """The command line, typed."""

    what: str
    file: Path | None
    format: str
    min_score: int


class Command(BaseCommand):
    """Compares and prints; decisions and the work list stay as they are. See docs/duplicates.md."""

    help = "Print pairs of companies or persons that may be one, of the database or of a CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to look through, and from which score on."""
        parser.add_argument("what", choices=sorted(KINDS))
        parser.add_argument("--file", type=Path, help="a CSV file to look through instead of the database")
        parser.add_argument("--format", choices=["csv", "json"], default="csv")
        parser.add_argument("--min-score", type=int, default=LEAST_SCORE, help="0 to 99")

    def handle(self, *args: object, **options: Unpack[Options]) -> None:
        """Write one line per pair."""
        found = self._of_file(options) if options["file"] else self._of_database(options)
        if options["format"] == "csv":
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(
                [neutralised(cell) if isinstance(cell, str) else cell for cell in row] for row in found
            )
            return
        for row in found:
            self.stdout.write(json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False))

    def _of_database(self, options: Options) -> Iterator[list[str | int]]:
        kind = KINDS[options["what"]]
        batch: list[Found] = []
        for (first, second), match in pairs_in_database(kind, options["min_score"]):
            batch.append((first, second, match))
            if len(batch) == 500:
                yield from _named(kind, batch)
                batch = []
        yield from _named(kind, batch)

    def _of_file(self, options: Options) -> Iterator[list[str | int]]:
        try:
            records = read_records(options["file"] or Path())
        except (OSError, UnicodeDecodeError, csv.Error) as problem:
            raise CommandError(f"{options['file']}: {problem}") from problem
        for (first, second), match in pairs_in(records, options["min_score"]):
            names = [
                records[at].name or f"{records[at].given} {records[at].family}" for at in (first, second)
            ]
            # Lines as an editor counts them, below the head.
            yield [match.score, first + 2, second + 2, *names, " ".join(match.reasons)]


def _named(kind: type[Company] | type[Person], found: list[Found]) -> Iterator[list[str | int]]:
    rows = kind.objects.in_bulk({pk for first, second, _match in found for pk in (first, second)})
    for first, second, match in found:
        yield [match.score, first, second, str(rows[first]), str(rows[second]), " ".join(match.reasons)]
