"""Long work in the background: asked for in a request, done by a worker, watched and stopped by a person.

A job is started by an event through the outbox. While it is at work its worker holds an advisory lock, which
the database takes away from whoever dies; such a job is taken up again, and given up after the third time. So
what a job does may be done twice: it commits by itself and knows what it has committed.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import pghistory
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core import events
from core.errors import DomainError
from core.models import Delivery, Job
from core.progress import Progress, watched

if TYPE_CHECKING:
    from accounts.models import User

Param: TypeAlias = str | int | bool | list[int] | None
Result: TypeAlias = dict[str, object]
Work: TypeAlias = Callable[[Job, Progress], Result | None]

logger = logging.getLogger(__name__)

ATTEMPTS = 3
# A worker says that it lives every few seconds; after this silence one looks whether it does.
SILENCE = timedelta(seconds=15)


class JobCancelled(Exception):
    """Someone wished the job to stop; raised by `Progress.report` inside the work."""


@transaction.atomic
def start(kind: str, *, actor: "User | None", url: str = "", total: int = 0, **params: Param) -> Job:
    """Ask for a job; it begins when the caller's transaction is committed.

    `kind` stands in the table JOBS; `url` is where the result is looked at; `params` hold keys and switches.
    """
    import_string(settings.JOBS)[kind]
    job = Job.objects.create(kind=kind, actor=actor, url=url, total=total, params=params)
    events.record("job.requested", job, actor=actor)
    return job


@transaction.atomic
def cancel(job: Job) -> Job:
    """Stop a job: at once if it has not begun, else when its work next says how far it is."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.is_unfinished and job.cancel_requested_at is None:
        job.cancel_requested_at = timezone.now()
        if job.state == Job.State.WAITING:
            job.state, job.finished_at = Job.State.CANCELLED, job.cancel_requested_at
        job.save(update_fields=["cancel_requested_at", "state", "finished_at"])
    return job


def run(job_id: int, delivery_id: int | None = None) -> None:
    """Do a job that waits, or one whose worker died; what runs elsewhere or is over is left alone."""
    with _held(job_id) as is_ours:
        job = _begun(job_id, delivery_id) if is_ours else None
        if job is not None:
            _do(job)


def take_up_orphans() -> int:
    """Ask again for the jobs whose worker died; answer how many."""
    silent = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=timezone.now() - SILENCE)
    return sum(map(_taken_up, silent.values_list("pk", flat=True)))


def _taken_up(job_id: int) -> bool:
    with _held(job_id) as is_ours, transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id, state=Job.State.RUNNING).first()
        if job is None or not is_ours:
            return False
        job.state = Job.State.WAITING
        job.save(update_fields=["state"])
        events.record("job.requested", job, actor=job.actor)
    return True


@transaction.atomic
def _begun(job_id: int, delivery_id: int | None) -> Job | None:
    """The job, marked as running; the delivery that brought it here is done with that."""
    if delivery_id is not None:
        Delivery.objects.waiting().filter(pk=delivery_id).update(done_at=timezone.now())
    job = Job.objects.select_for_update(of=["self"]).select_related("actor").filter(pk=job_id).first()
    if job is None or not job.is_unfinished:
        return None
    if job.cancel_requested_at:
        _finish(job, Job.State.CANCELLED)
        return None
    if job.attempts >= ATTEMPTS:
        _finish(job, Job.State.FAILED, _("It was begun several times and never came to its end."))
        return None
    job.state, job.attempts, job.heartbeat_at = Job.State.RUNNING, job.attempts + 1, timezone.now()
    job.done, job.message = 0, ""
    job.save(update_fields=["state", "attempts", "heartbeat_at", "done", "message"])
    return job


def _do(job: Job) -> None:
    """The work itself, in the language of whoever asked for it; the audit names that user."""
    work: Work = import_string(import_string(settings.JOBS)[job.kind])
    language = job.actor.language if job.actor else settings.LANGUAGE_CODE
    with translation.override(language), pghistory.context(user=job.actor_id, job=job.pk):
        try:
            with watched(job, JobCancelled) as progress:
                result = work(job, progress)
        except JobCancelled:
            _finish(job, Job.State.CANCELLED)
        except DomainError as refusal:
            _finish(job, Job.State.FAILED, str(refusal.message))
        except (OperationalError, InterfaceError):
            # The database was away or the lock was taken: the job still runs, and is taken up again.
            logger.exception("Job %s was interrupted", job.pk)
        except Exception:
            logger.exception("Job %s failed", job.pk)
            _finish(job, Job.State.FAILED, _("An error on our side stopped it; it stands in the log."))
        else:
            job.result = result or {}
            _finish(job, Job.State.DONE)


def _finish(job: Job, state: Job.State, message: str = "") -> None:
    job.state, job.finished_at, job.message = state, timezone.now(), message[:500]
    job.save(update_fields=["state", "finished_at", "message", "result"])


@contextmanager
def _held(job_id: int) -> Iterator[bool]:
    """Hold the lock of a job while it is worked on; false if someone else does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended('core.job', %s))", [job_id])
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours:
            _release(job_id)


def _release(job_id: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended('core.job', %s))", [job_id])
    except DatabaseError:
        connection.close()
