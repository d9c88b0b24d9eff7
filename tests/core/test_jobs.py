"""Long work: begun once, watched, stopped, and taken up again when its worker dies."""

import threading
import time
from datetime import timedelta

import psycopg2
import pytest
from django.db import OperationalError, connection, connections
from django.urls import reverse
from django.utils import timezone

from core import jobs, progress
from core.errors import DomainError
from core.models import Delivery, Event, Job
from core.tasks import run_job
from tests.conftest import log_in

pytestmark = pytest.mark.django_db

done: list[int] = []


def count(job: Job, progress: progress.Progress) -> jobs.Result:
    """Work that counts."""
    for step in range(3):
        progress.report(step + 1, total=3, message=f"Schritt {step + 1}")
    done.append(job.pk)
    return {"counted": 3}


def refuse(job: Job, progress: progress.Progress) -> None:
    raise DomainError("Das geht nicht.")


def stumble(job: Job, progress: progress.Progress) -> None:
    raise ValueError("secret")


def lose_the_database(job: Job, progress: progress.Progress) -> None:
    raise OperationalError("gone")


def wait(job: Job, progress: progress.Progress) -> None:
    """Work that goes on until it is stopped."""
    done.append(job.pk)
    for step in range(1000):
        progress.report(step)
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def kinds(monkeypatch) -> None:
    done.clear()
    table = {work.__name__: f"{__name__}.{work.__name__}" for work in (count, refuse, stumble, wait)}
    table["lose"] = f"{__name__}.lose_the_database"
    monkeypatch.setattr("funnel_crm.events.JOBS", table)


def started(kind: str, user=None, **params) -> Job:
    return jobs.start(kind, actor=user, **params)


def test_a_job_is_asked_for_through_the_outbox_and_done_once(people):
    job = started("count", people.owner, batch=7)
    delivery = Delivery.objects.get(task="core.tasks.run_job")

    run_job(delivery.pk)
    run_job(delivery.pk)
    jobs.run(job.pk)

    job.refresh_from_db()
    delivery.refresh_from_db()
    assert done == [job.pk]
    assert (job.state, job.result, job.done, job.params) == (Job.State.DONE, {"counted": 3}, 3, {"batch": 7})
    assert delivery.done_at is not None


def test_a_kind_that_nobody_does_is_refused(people):
    with pytest.raises(KeyError):
        started("dance", people.owner)


def test_a_refusal_is_told_and_an_error_is_not(people):
    refused, failed = started("refuse", people.owner), started("stumble", people.owner)

    jobs.run(refused.pk)
    jobs.run(failed.pk)

    refused.refresh_from_db()
    failed.refresh_from_db()
    assert (refused.state, refused.message) == (Job.State.FAILED, "Das geht nicht.")
    assert failed.state == Job.State.FAILED
    assert "secret" not in failed.message


def test_a_job_stopped_before_it_begins_is_over(people):
    job = started("count", people.owner)

    jobs.cancel(job)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, done) == (Job.State.CANCELLED, [])


def test_an_outage_leaves_the_job_to_be_taken_up_and_three_are_enough(people):
    job = started("lose", people.owner)
    for _time in range(jobs.ATTEMPTS):
        jobs.run(job.pk)
        job.refresh_from_db()
        assert job.state == Job.State.RUNNING
        Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=1))
        assert jobs.take_up_orphans() == 1

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.FAILED


def test_a_job_whose_worker_lives_is_left_alone_and_taken_up_when_it_dies(people):
    job = started("count", people.owner)
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.RUNNING, heartbeat_at=timezone.now() - timedelta(minutes=1)
    )
    worker = psycopg2.connect(**connection.get_connection_params())
    with worker.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('core.job', %s))", [job.pk])

    jobs.run(job.pk)
    assert (jobs.take_up_orphans(), done) == (0, [])
    worker.close()
    _wait_until(lambda: jobs.take_up_orphans() == 1)

    assert Event.objects.filter(kind="job.requested").count() == 2
    jobs.run(job.pk)
    assert done == [job.pk]


@pytest.mark.django_db(transaction=True)
def test_work_in_progress_is_seen_and_stopped_from_elsewhere(people, monkeypatch):
    monkeypatch.setattr(progress, "PAUSE_SECONDS", 0.05)
    job = started("wait", people.owner)
    worker = threading.Thread(target=_run_beside, args=[job.pk])
    worker.start()
    _wait_until(lambda: Job.objects.get(pk=job.pk).done > 0)

    jobs.cancel(job)
    worker.join(timeout=10)

    job.refresh_from_db()
    assert (job.state, worker.is_alive()) == (Job.State.CANCELLED, False)


def test_the_fragment_asks_again_until_the_job_is_over(client, people):
    job = started("count", people.owner)
    log_in(client, people, "owner")
    url = reverse("core:job_detail", args=[job.pk]) + "?then=reload"
    before = client.get(url)

    jobs.run(job.pk)
    after = client.get(url)

    assert "every 1s" in before.text
    assert "HX-Refresh" not in before
    assert "every 1s" not in after.text
    assert after["HX-Refresh"] == "true"


def _run_beside(job_id: int) -> None:
    try:
        jobs.run(job_id)
    finally:
        connections.close_all()


def _wait_until(is_so) -> None:
    for _attempt in range(200):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it never came so far")
