"""Bringing files in, as the page does it, without the background: every job is done where it is asked for."""

import io
from datetime import datetime

from accounts.models import User
from core import jobs
from imports import actions
from imports.models import Import


def brought(
    actor: User, *files: tuple[str, str | bytes], as_of: datetime | None = None, **said: str
) -> Import:
    """An import of these files, read; `said` are its system and its rule for doubts."""
    contents = [
        (name, io.BytesIO(content.encode() if isinstance(content, str) else content))
        for name, content in files
    ]
    run = done(actions.bring_files(contents, as_of=as_of, actor=actor))
    if said:
        settings = {"system": run.system, "as_of": run.as_of, "doubts": run.doubts, **said}
        run = actions.settle(run, **settings, actor=actor)
    return run


def taken_in(actor: User, *files: tuple[str, str | bytes], **said: object) -> Import:
    """An import of these files that has run."""
    return done(actions.run(brought(actor, *files, **said), actor=actor))


def checked(run: Import) -> Import:
    """The import after its trial run."""
    return done(actions.check(run, actor=run.actor))


def done(run: Import) -> Import:
    """The import after its job."""
    jobs.run(run.job_id)
    run = Import.objects.get(pk=run.pk)
    assert run.job.state == "done", run.job.message
    return run


def counts(run: Import) -> dict[str, int]:
    """What became of the rows of all its files."""
    names = ("created", "updated", "unchanged", "doubtful", "rejected")
    return {name: total for name in names if (total := sum(file.counts[name] for file in run.files.all()))}


def reasons(run: Import) -> list[tuple[int, str]]:
    """The rejected rows: line and reason."""
    return [(reject.line, reject.reason) for file in run.files.all() for reject in file.rejects.all()]
