"""Files of entries: stored when chosen, bound when the form is saved, removed when nobody saved it."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.actions.entries import lock_activity
from activities.errors import FileRefused
from activities.files import HEAD, MOST_PER_ENTRY, check_file, clean_name
from activities.models import Activity, Attachment
from core import events

FOLDER = "attachments"
KEPT_WAITING = timedelta(days=1)
MOST_WAITING = 50
BATCH = 500
# Each night looks at a sixteenth of the folders for bytes that no row knows.
PREFIXES, PARTS = 256, 16


def add_file(upload: UploadedFile, *, actor: User) -> Attachment:
    """Store a file for a form that is not saved yet; FileRefused when it is none we take.

    The bytes are written before the row, outside of any transaction; bytes without a row go at night.
    """
    if Attachment.objects.waiting().filter(uploaded_by=actor).count() >= MOST_WAITING:
        raise FileRefused(_("Too many files wait for their entries. Please save one first."))
    name = clean_name(upload.name or "")
    head = upload.read(HEAD)
    upload.seek(0)
    kind = check_file(name, upload.size or 0, head)
    path = default_storage.save(_random_path(), upload)
    return Attachment.objects.create(
        name=name, content_type=kind.content_type, size=upload.size or 0, file=path, uploaded_by=actor
    )


@transaction.atomic
def attach_files(activity: Activity, files: Iterable[Attachment], *, actor: User) -> int:
    """Bind files that the actor uploaded to an entry; those bound already stay where they are."""
    keys = [file.pk for file in files]
    if not keys:
        return 0
    activity = lock_activity(activity)
    waiting = Attachment.objects.select_for_update().waiting().filter(pk__in=keys, uploaded_by=actor)
    found = list(waiting.values_list("pk", flat=True))
    if activity.attachments.count() + len(found) > MOST_PER_ENTRY:
        raise FileRefused(_("An entry takes %(count)d files at most.") % {"count": MOST_PER_ENTRY})
    count = Attachment.objects.filter(pk__in=found).update(activity=activity)
    if count:
        events.record("file.attached", activity, actor=actor, count=count)
    return count


@transaction.atomic
def detach_file(attachment: Attachment, *, actor: User) -> Attachment:
    """Take a file off its entry; it waits a day, so that this can be taken back. Twice is a no-op."""
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if attachment.activity_id is not None:
        events.record("file.detached", attachment, actor=actor, activity=attachment.activity_id)
        attachment.activity_id, attachment.waiting_since = None, timezone.now()
        attachment.save(update_fields=["activity", "waiting_since"])
    return attachment


def remove_orphans(now: datetime | None = None) -> int:
    """Remove files whose form nobody saved, and bytes that no row knows; bounded. Answers how many."""
    now = now or timezone.now()
    long_ago = now - KEPT_WAITING
    removed = 0
    with transaction.atomic():
        rows = Attachment.objects.select_for_update(skip_locked=True).waiting()
        waiting = list(rows.filter(waiting_since__lt=long_ago).order_by("waiting_since")[:BATCH])
        Attachment.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    for row in waiting:
        default_storage.delete(str(row.file))
        removed += 1
    return removed + sum(_sweep(f"{FOLDER}/{prefix:02x}", long_ago) for prefix in _tonight(now.date()))


def _tonight(day: date) -> range:
    return range(day.toordinal() % PARTS, PREFIXES, PARTS)


def _sweep(folder: str, long_ago: datetime) -> int:
    if not default_storage.exists(folder):
        return 0
    paths = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    known = set(Attachment.objects.filter(file__in=paths).values_list("file", flat=True))
    lost = [
        path for path in paths if path not in known and default_storage.get_modified_time(path) < long_ago
    ]
    for path in lost[:BATCH]:
        default_storage.delete(path)
    return len(lost[:BATCH])


def _random_path() -> str:
    """Two levels deep, nothing of what the user called the file."""
    name = uuid.uuid4().hex
    return f"{FOLDER}/{name[:2]}/{name}"
