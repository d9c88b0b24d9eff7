"""Enter the exchange rates of a file, for example the history of the European Central Bank."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalog.actions import enter_rates
from catalog.errors import RateFileUnread
from catalog.rate_files import read_rates


class Command(BaseCommand):
    """`manage.py load_rates eurofxref-hist.csv --currencies CHF`."""

    help = "Enter exchange rates from a file (see catalog/rate_files.py); twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A file, the currencies, and where it comes from."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--currencies", nargs="+", default=["CHF"])
        parser.add_argument("--source", default="")

    def handle(self, *args: object, **options: object) -> None:
        """Read all of it, then write."""
        file = Path(str(options["file"]))
        currencies = [str(code).upper() for code in options["currencies"]]  # type: ignore[attr-defined]
        try:
            rates = read_rates(file.read_bytes(), currencies)
        except (OSError, RateFileUnread) as error:
            raise CommandError(str(error)) from error
        count = enter_rates(rates, source=str(options["source"] or file.name)[:80])
        self.stdout.write(f"{count}")
