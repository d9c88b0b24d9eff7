"""The long work of data protection (core.jobs): making a report on one person."""

import tempfile

from core.jobs import Result
from core.models import Job
from core.progress import Progress
from privacy.actions import keep_report
from privacy.bundle import write_bundle
from privacy.models import PersonReport


def make_report(job: Job, progress: Progress) -> Result | None:
    """Collect, set and pack everything about a person; done twice, the second time finds it made."""
    report = PersonReport.objects.select_related("person").filter(pk=job.params["report"]).first()
    if report is None or report.file:
        return None
    with tempfile.TemporaryFile() as file:
        entries = write_bundle(report.person, file, progress)
        file.seek(0)
        keep_report(report, file, entries=entries)
    return {"entries": entries}
