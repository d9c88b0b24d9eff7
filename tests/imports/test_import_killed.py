"""An import whose worker is killed (kill -9) leaves nothing, and is done whole when it is taken up again."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from contacts.models import Channel, Company
from core import jobs
from core.models import Job
from imports import actions
from imports.models import Import, ImportRow
from tests.imports.bringing import brought

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

WORKER = "import django; django.setup(); import sys; from core import jobs; jobs.run(int(sys.argv[1]))"
ROWS = 12_000


def worker(job: Job) -> subprocess.Popen:
    """A process that does the job in the database of the test."""
    own = connection.settings_dict
    url = f"postgres://{quote(own['USER'])}:{quote(own['PASSWORD'])}@/{own['NAME']}?host={quote(own['HOST'])}"
    environment = {
        **os.environ,
        "DATABASE_URL": f"{url}&port={own['PORT']}" if own["PORT"] else url,
        "DJANGO_SETTINGS_MODULE": "funnel_crm.settings",
        "SECRET_KEY": "only-for-this-test",
        "REDIS_URL": settings.CELERY_BROKER_URL,
        "FILES_ROOT": str(settings.MEDIA_ROOT),
    }
    return subprocess.Popen([sys.executable, "-c", WORKER, str(job.pk)], env=environment)


def test_a_killed_import_leaves_nothing_and_is_done_whole_when_taken_up_again(people):
    table = "Externe ID;Firma;Ort;E-Mail\n" + "".join(
        f"{number};Firma {number} GmbH;Ulm;info@firma{number}.example\n" for number in range(ROWS)
    )
    run = actions.run(brought(people.manager, ("firmen.csv", table)), actor=people.manager)
    process = worker(run.job)
    deadline = time.monotonic() + 120
    while Job.objects.get(pk=run.job_id).done < 1000 and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.05)

    process.send_signal(signal.SIGKILL)
    process.wait()

    assert not Company.objects.exists()
    assert not ImportRow.objects.exists()
    Job.objects.filter(pk=run.job_id).update(heartbeat_at=timezone.now() - timedelta(minutes=1))
    while not jobs.take_up_orphans() and time.monotonic() < deadline:
        time.sleep(0.1)
    jobs.run(run.job_id)

    run = Import.objects.get(pk=run.pk)
    assert (run.state, run.job.state, run.job.attempts) == ("done", "done", 2)
    assert (Company.objects.count(), Channel.objects.count()) == (ROWS, ROWS)
