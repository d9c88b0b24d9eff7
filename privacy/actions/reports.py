"""Reports on one person: asked for by an admin, made by a worker, thrown away after some days."""

from datetime import timedelta
from typing import IO

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from contacts.models import Person
from core import events, jobs
from privacy.holdings import entries_of
from privacy.models import PersonReport

KEPT = timedelta(days=14)


@transaction.atomic
def ask_for_report(person: Person, *, actor: User) -> PersonReport:
    """Have the report on a person made; while one is being made for this user, no second one is begun."""
    person = Person.objects.select_for_update().get(pk=entries_of(person)[0].pk)
    unfinished = PersonReport.objects.filter(person=person, by=actor, job__finished_at=None)
    if report := unfinished.exclude(job=None).first():
        return report
    report = PersonReport.objects.create(person=person, by=actor)
    report.job = jobs.start("privacy.report", actor=actor, url=report.get_absolute_url(), report=report.pk)
    report.save(update_fields=["job"])
    events.record("person.reported", person, actor=actor)
    return report


@transaction.atomic
def keep_report(report: PersonReport, content: IO[bytes], *, entries: int) -> bool:
    """Store what a worker made; whether it was still wanted.

    The lock on the person makes an erasure and this one wait for each other: it finds the file, or this finds
    no report any more.
    """
    Person.objects.select_for_update().get(pk=report.person_id)
    wanted = PersonReport.objects.select_for_update().filter(pk=report.pk).first()
    if wanted is None:
        return False
    wanted.entries = entries
    wanted.file.save(f"{wanted.pk}.zip", File(content), save=False)
    wanted.save(update_fields=["file", "entries"])
    return True


def forget_reports() -> int:
    """Throw away the files that nobody needs any longer; how many."""
    old = list(PersonReport.objects.filter(asked_at__lt=timezone.now() - KEPT))
    for report in old:
        if report.file:
            report.file.delete(save=False)
        report.delete()
    return len(old)
