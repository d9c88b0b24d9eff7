"""Taking in the postal codes of a country from the files of GeoNames (download.geonames.org/export/zip)."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from zipfile import ZipFile, is_zipfile

from django.db import transaction

from contacts.models import PostalCode

COLUMNS = 12
BATCH = 2000
# The largest file of GeoNames, all countries, holds 130 MB.
LARGEST = 500_000_000


class NotPostalCodes(Exception):
    """The file is none of GeoNames' postal codes."""


@transaction.atomic
def load(path: Path) -> dict[str, int]:
    """Replace the codes of the countries in a file (`.txt`, or `.zip` holding it); count them."""
    with _opened(path) as lines:
        rows = list(dict.fromkeys(_rows(lines)))
    if not rows:
        raise NotPostalCodes(f"{path}: no postal codes in it")
    countries = {country for country, *_rest in rows}
    PostalCode.objects.filter(country__in=countries).delete()
    PostalCode.objects.bulk_create(_models(rows), batch_size=BATCH, ignore_conflicts=True)
    return {country: PostalCode.objects.filter(country=country).count() for country in sorted(countries)}


Row = tuple[str, str, str, str, float | None, float | None]


def _rows(lines: Iterable[str]) -> Iterator[Row]:
    for number, cells in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
        if len(cells) < COLUMNS - 1:
            raise NotPostalCodes(f"line {number}: {len(cells)} columns instead of {COLUMNS}")
        country, code, place, region = (cell.strip() for cell in cells[:4])
        if len(country) != 2 or not code or not place:
            raise NotPostalCodes(f"line {number}: country, code or place is missing")
        try:
            latitude, longitude = float(cells[9]), float(cells[10])
        except ValueError:
            yield country, code[:12], place[:180], region[:100], None, None
        else:
            yield country, code[:12], place[:180], region[:100], latitude, longitude


def _models(rows: Iterable[Row]) -> Iterator[PostalCode]:
    for country, code, place, region, latitude, longitude in rows:
        yield PostalCode(
            country=country, code=code, place=place, region=region, latitude=latitude, longitude=longitude
        )


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if not is_zipfile(path):
        with path.open(encoding="utf-8", newline="") as lines:
            yield lines
        return
    with ZipFile(path) as archive:
        texts = [info for info in archive.infolist() if _is_of_a_country(info.filename)]
        if len(texts) != 1 or texts[0].file_size > LARGEST:
            raise NotPostalCodes(f"{path}: holds no single file of postal codes")
        with archive.open(texts[0]) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as lines:
            yield lines


def _is_of_a_country(name: str) -> bool:
    return name.endswith(".txt") and "readme" not in name.lower()
