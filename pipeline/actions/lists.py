"""What a user makes of the list of deals: which columns they see, and that they took a copy."""

from accounts.models import User
from core import events
from pipeline.models import ListColumns


def keep_columns(user: User, names: str) -> None:
    """Remember which columns the user wants to see; no names: the usual ones again."""
    if names:
        ListColumns.objects.update_or_create(user=user, defaults={"names": names})
    else:
        ListColumns.objects.filter(user=user).delete()


def note_export(user: User, *, rows: int, file_format: str) -> None:
    """Record that a user took so many deals out as a file."""
    events.record("deals.exported", user, actor=user, count=rows, format=file_format)
