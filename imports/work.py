"""The jobs of an import (core.jobs): reading its files, checking, running and undoing it."""

from core.errors import DomainError
from core.jobs import Result
from core.models import Job
from core.progress import Progress
from imports.file_reading import look_into
from imports.kinds import kinds_for
from imports.models import Import, ImportFile
from imports.running import run_import
from imports.systems import System
from imports.undoing import undo_import


def read_files(job: Job, progress: Progress) -> Result | None:
    """Find out what the files are; one that cannot be read says why, and the others are read all the same."""
    brought = _brought(job)
    if brought is None:
        return None
    files = brought.files.all()
    wanted = job.params.get("file")
    chosen = files.filter(pk=wanted) if wanted else files
    progress.report(0, total=len(chosen))
    systems = []
    for number, file in enumerate(chosen, start=1):
        progress.report(number - 1, message=file.name)
        systems.append(_look(file, brought))
    told = next((system for system in systems if system), None)
    if told and not wanted:
        Import.objects.filter(pk=brought.pk).update(system=told)
    progress.report(len(chosen))
    return None


def check(job: Job, progress: Progress) -> Result | None:
    """Run an import on trial."""
    brought = _brought(job)
    return run_import(brought, progress, is_trial=True) if brought else None


def run(job: Job, progress: Progress) -> Result | None:
    """Run an import."""
    brought = _brought(job)
    return run_import(brought, progress, is_trial=False) if brought else None


def undo(job: Job, progress: Progress) -> Result | None:
    """Take an import back."""
    brought = _brought(job)
    return undo_import(brought, progress) if brought else None


def _brought(job: Job) -> Import | None:
    return Import.objects.select_related("actor").filter(pk=job.params["brought"]).first()


def _look(file: ImportFile, brought: Import) -> System:
    system = System.NONE
    try:
        system = look_into(file, kinds_for(brought.actor))
    except DomainError as refusal:
        file.error, file.preview, file.columns = str(refusal.message)[:500], {}, {}
    file.save(update_fields=["table", "preview", "columns", "values", "key", "error"])
    return system
