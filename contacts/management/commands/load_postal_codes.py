"""manage.py load_postal_codes DE.zip AT.zip CH.zip"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from contacts.postal_codes import NotPostalCodes, load


class Command(BaseCommand):
    """Takes in postal codes with places and coordinates; those of the same countries are replaced."""

    help = "Load postal codes from files of GeoNames: download.geonames.org/export/zip (CC BY 4.0)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: object, **options: object) -> None:
        """One transaction per file."""
        files: list[Path] = options["files"]  # type: ignore[assignment]
        for path in files:
            try:
                loaded = load(path)
            except (OSError, UnicodeDecodeError, NotPostalCodes) as problem:
                raise CommandError(str(problem)) from problem
            for country, count in loaded.items():
                self.stdout.write(f"{country}: {count} postal codes and places")
