"""The report as it is handed out: a ZIP of the PDF, the JSON file, and every file stored about the person."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.text import get_valid_filename, slugify
from django.utils.translation import gettext as _

from contacts.models import Person
from core.progress import Progress
from privacy.dossier import Section, read_dossier
from privacy.holdings import Holdings, read_holdings
from privacy.models import PersonReport

# More than a mail server or a patient reader takes; what is beyond it is named and handed out on request.
MOST_BYTES = 1_000_000_000
LONGEST_NAME = 80


@dataclass(frozen=True)
class Enclosed:
    """A stored file, and what it is called in the ZIP."""

    stored: FieldFile
    name: str
    is_there: bool


def file_name(person: Person) -> str:
    """Without its ending."""
    return f"datenauskunft-{slugify(person.last_name) or person.pk}-{timezone.localdate().isoformat()}"


def write_bundle(person: Person, target: IO[bytes], progress: Progress) -> int:
    """Write everything stored about a person into `target`; how many entries it has."""
    progress.report(0, message=_("The data are being collected."))
    held = read_holdings(person)
    files = list(_enclosed(held))
    progress.report(0, total=len(files) + 3)
    dossier = read_dossier(held)
    dossier = replace(dossier, sections=[*dossier.sections, *_contents(files)])
    name = file_name(held.person)
    with ZipFile(target, "w", ZIP_DEFLATED) as bundle:
        progress.report(1, message=_("The data are being written."))
        bundle.writestr(f"{name}.json", dossier.as_json())
        progress.report(2, message=_("The PDF is being set."))
        bundle.writestr(f"{name}.pdf", dossier.as_pdf())
        for number, file in enumerate(files, start=3):
            progress.report(number, message=file.name)
            if file.is_there:
                with (
                    file.stored.open("rb") as source,
                    bundle.open(file.name, "w", force_zip64=True) as inside,
                ):
                    shutil.copyfileobj(source, inside)
    progress.report(len(files) + 3, message="")
    return sum(len(section.entries) for section in dossier.sections)


def _enclose(file: Enclosed, bundle: ZipFile) -> None:
    if file.is_there:
        with file.stored.open("rb") as source, bundle.open(file.name, "w", force_zip64=True) as inside:
            shutil.copyfileobj(source, inside)


def _enclosed(held: Holdings) -> Iterator[Enclosed]:
    """The files of all rows, but for earlier reports, under names that no two share."""
    room = MOST_BYTES
    for model, rows in held.rows.items():
        columns = [column for column in model._meta.concrete_fields if isinstance(column, models.FileField)]
        if model is PersonReport:
            continue
        for row in rows.values():
            for stored in filter(None, (getattr(row, column.attname) for column in columns)):
                size = stored.size if stored.storage.exists(stored.name) else room + 1
                is_there = size <= room
                room -= size if is_there else 0
                name = f"dateien/{model._meta.model_name}-{row.pk}-{_named(row, stored)}"
                yield Enclosed(stored, name, is_there)


def _named(row: models.Model, stored: FieldFile) -> str:
    """The name it was given when it came, safe for any file system."""
    said = str(getattr(row, "name", "")) or PurePosixPath(stored.name or "").name
    return get_valid_filename(said.replace("/", "-").strip(". ") or "datei")[-LONGEST_NAME:]


def _contents(files: list[Enclosed]) -> Iterator[Section]:
    entries = [
        [(_("File"), file.name), (_("Enclosed"), _("yes") if file.is_there else _("no, please ask for it"))]
        for file in files
    ]
    if entries:
        yield Section(_("Files stored"), entries)
