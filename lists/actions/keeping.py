"""What a user makes of a list: which columns they see, and that they took a copy."""

from django.db import transaction

from accounts.models import User
from core import events
from lists.models import ExportLog, ListColumns, Taken, ViewPage

LONGEST_ASKED = 1000


def keep_columns(user: User, page: ViewPage, names: str) -> None:
    """Remember which columns the user wants to see; no names: the usual ones again."""
    if names:
        ListColumns.objects.update_or_create(user=user, page=page, defaults={"names": names})
    else:
        ListColumns.objects.filter(user=user, page=page).delete()


@transaction.atomic
def note_export(
    user: User, page: Taken | ViewPage, *, rows: int, file_format: str, asked: str, is_selection: bool = False
) -> ExportLog:
    """Write down that a user took so many rows out as a file; `asked` is the filter in words, no names."""
    taken = ExportLog.objects.create(
        by=user,
        page=page,
        file_format=file_format,
        asked=asked[:LONGEST_ASKED],
        is_selection=is_selection,
        rows=rows,
    )
    events.record("list.exported", taken, actor=user, page=page.value, count=rows, format=file_format)
    return taken
