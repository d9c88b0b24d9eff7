"""Everything that is done with an import: bringing files, mapping, checking, running, undoing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO

from django.core.files import File
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import events, jobs
from imports.errors import ImportRefused
from imports.file_reading import fingerprint
from imports.kinds import kinds_for
from imports.models import Import, ImportDoubt, ImportFile, RememberedMapping

MOST_FILES = 10


@transaction.atomic
def bring_files(files: Sequence[tuple[str, IO[bytes]]], *, as_of: datetime | None, actor: User) -> Import:
    """Begin an import: keep the files in private storage and have them read in the background."""
    if not 1 <= len(files) <= MOST_FILES:
        raise ImportRefused(_("Please choose between one and %(limit)s files.") % {"limit": MOST_FILES})
    names = [name for name, _content in files]
    brought = Import.objects.create(actor=actor, title=", ".join(names)[:200], as_of=as_of or timezone.now())
    for name, content in files:
        # The name is shown, never used as a path: the storage has names of its own.
        ImportFile.objects.create(run=brought, name=name[-200:], file=File(content, name="table"))
    events.record("import.begun", brought, actor=actor, files=len(files))
    return _start(brought, "import.read", actor=actor)


@transaction.atomic
def read_again(file: ImportFile, *, table: str, given: Mapping[str, str], actor: User) -> Import:
    """Read a file under what the user says of it: table, encoding, delimiter, sheet, dates, decimals."""
    brought = _locked_draft(file.run)
    file.table = table if table in kinds_for(actor) else ""
    file.given = {name: value for name, value in given.items() if value}
    file.save(update_fields=["table", "given"])
    return _start(brought, "import.read", actor=actor, file=file.pk)


@transaction.atomic
def map_columns(file: ImportFile, columns: Mapping[str, str], key: str, *, actor: User) -> ImportFile:
    """Say which column is what and by what existing rows are found; remembered for such files."""
    _void_check(_locked_draft(file.run))
    file.columns = {index: code for index, code in columns.items() if code}
    file.key = key
    file.save(update_fields=["columns", "key"])
    _remember(file)
    return file


@transaction.atomic
def map_values(file: ImportFile, values: Mapping[str, Mapping[str, str]], *, actor: User) -> ImportFile:
    """Say what the words of a file mean here; remembered with its columns."""
    _void_check(_locked_draft(file.run))
    file.values = {code: dict(words) for code, words in values.items()}
    file.save(update_fields=["values"])
    _remember(file)
    return file


@transaction.atomic
def settle(
    brought: Import,
    *,
    system: str,
    as_of: datetime,
    doubts: str,
    actor: User,
    legal_basis: str = "",
    gives_out: bool = False,
) -> Import:
    """Say where the data comes from, of which day it is, and what is done with doubtful rows.

    Of leads also what allows us to use their addresses, and whether the rules give out those of nobody.
    """
    brought = _locked_draft(brought)
    if (brought.system, brought.as_of, brought.legal_basis) != (system, as_of, legal_basis):
        _void_check(brought)
    brought.system, brought.as_of, brought.doubts = system, as_of, doubts
    brought.legal_basis, brought.gives_out = legal_basis, gives_out
    brought.save(update_fields=["system", "as_of", "doubts", "legal_basis", "gives_out"])
    return brought


@transaction.atomic
def decide(doubts: Sequence[ImportDoubt], decisions: Mapping[int, str], *, actor: User) -> int:
    """Say of doubtful rows whether they are the same, someone new, or left out; answer how many changed."""
    changed = [doubt for doubt in doubts if decisions.get(doubt.pk, doubt.decision) != doubt.decision]
    if changed:
        _locked_draft(changed[0].file.run)
    for doubt in changed:
        doubt.decision = decisions[doubt.pk]
    ImportDoubt.objects.bulk_update(changed, ["decision"])
    return len(changed)


def check(brought: Import, *, actor: User) -> Import:
    """Find out what the import would do; writes nothing."""
    return _begin(brought, "import.check", actor=actor)


def run(brought: Import, *, actor: User) -> Import:
    """Take everything in."""
    return _begin(brought, "import.run", actor=actor)


@transaction.atomic
def undo(brought: Import, *, actor: User) -> Import:
    """Take back the whole import."""
    brought = _locked(brought)
    if brought.state != Import.State.DONE:
        raise ImportRefused(_("Only an import that was done can be undone."))
    return _start(brought, "import.undo", actor=actor)


@transaction.atomic
def discard(brought: Import, *, actor: User) -> None:
    """Throw away an import that was never run, with its files."""
    brought = _locked_draft(brought)
    files = [file.file for file in brought.files.all()]
    events.record("import.discarded", brought, actor=actor)
    brought.delete()
    transaction.on_commit(lambda: _delete(files))


@transaction.atomic
def _begin(brought: Import, kind: str, *, actor: User) -> Import:
    return _start(_locked_draft(brought), kind, actor=actor)


def _delete(files: Sequence[FieldFile]) -> None:
    for file in files:
        file.delete(save=False)


def _start(brought: Import, kind: str, *, actor: User, **params: int) -> Import:
    brought.job = jobs.start(kind, actor=actor, url=brought.get_absolute_url(), brought=brought.pk, **params)
    if kind == "import.read":
        brought.checked_at = None
    brought.save(update_fields=["job", "checked_at"])
    return brought


def _locked(brought: Import) -> Import:
    locked = Import.objects.select_for_update(of=["self"]).select_related("job").get(pk=brought.pk)
    if locked.is_busy:
        raise ImportRefused(_("This import is being worked on. Please wait until that is over, or stop it."))
    return locked


def _locked_draft(brought: Import) -> Import:
    locked = _locked(brought)
    if not locked.is_draft:
        raise ImportRefused(_("This import is done already."))
    return locked


def _void_check(brought: Import) -> None:
    """What a trial run found out holds no longer."""
    brought.checked_at = None
    brought.save(update_fields=["checked_at"])


def _remember(file: ImportFile) -> None:
    headers = file.preview.get("headers", [])
    columns = {headers[int(index)]: code for index, code in file.columns.items() if int(index) < len(headers)}
    RememberedMapping.objects.update_or_create(
        fingerprint=fingerprint(file),
        defaults={"table": file.table, "columns": columns, "values": file.values},
    )
