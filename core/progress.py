"""How far a job is: told by its work, written beside it by a thread with a connection of its own.

The work may stay in one long transaction, and still everyone sees how far it is and can stop it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connections
from django.utils import timezone

from core.models import Job

PAUSE_SECONDS = 0.5
BEAT_SECONDS = 4.0


class Progress:
    """What the work says of itself; asking it to stop is heard the next time it says something."""

    def __init__(self, stopped: type[Exception]) -> None:
        self.done = self.total = 0
        self.message = ""
        self.is_stop_wished = False
        self._stopped = stopped

    def report(
        self, done: int | None = None, *, total: int | None = None, message: str | None = None
    ) -> None:
        """Say how far it is; raises JobCancelled if someone wished it to stop."""
        self.done = self.done if done is None else done
        self.total = self.total if total is None else total
        self.message = self.message if message is None else message
        if self.is_stop_wished:
            raise self._stopped

    def told(self) -> dict[str, int | str]:
        """What there is to write down."""
        return {"done": self.done, "total": self.total, "message": self.message[:500]}


@contextmanager
def watched(job: Job, stopped: type[Exception]) -> Iterator[Progress]:
    """Let a job be watched while its work goes on; at the end the job holds how far it came."""
    progress = Progress(stopped)
    progress.total = job.total
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=[job.pk, progress, over], daemon=True)
    watcher.start()
    try:
        yield progress
    finally:
        over.set()
        watcher.join()
        job.done, job.total = progress.done, progress.total
        Job.objects.filter(pk=job.pk).update(done=job.done, total=job.total)


def _watch(job_id: int, progress: Progress, over: threading.Event) -> None:
    written: dict[str, int | str] = {}
    silent_for = 0.0
    while not over.wait(PAUSE_SECONDS):
        silent_for += PAUSE_SECONDS
        try:
            if progress.told() != written or silent_for >= BEAT_SECONDS:
                written, silent_for = progress.told(), 0.0
                Job.objects.filter(pk=job_id).update(heartbeat_at=timezone.now(), **written)
            wished = Job.objects.filter(pk=job_id).values_list("cancel_requested_at", flat=True).first()
            progress.is_stop_wished = wished is not None
        except Error:
            connections.close_all()
    connections.close_all()
