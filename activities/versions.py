"""The past of an entry, from the audit that the database keeps."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from activities.models import Activity

MOST = 50


@dataclass(frozen=True)
class Version:
    """What an entry said until it was changed, and who changed it."""

    row: Activity
    until: datetime
    changed_by: User | None


def read_versions(activity: Activity) -> list[Version]:
    """Its earlier versions, the latest first; changes made by a program have nobody's name."""
    rows = activity.events.filter(pgh_label="before_update")  # type: ignore[attr-defined]
    events = list(rows.select_related("pgh_context", "person").order_by("-pgh_id")[:MOST])
    keys = {_user_key(event) for event in events}
    users = User.objects.in_bulk([key for key in keys if key])
    return [Version(event, event.pgh_created_at, users.get(_user_key(event) or 0)) for event in events]


def _user_key(event: object) -> int | None:
    context = getattr(event, "pgh_context", None)
    key = (context.metadata or {}).get("user") if context else None
    return int(key) if key else None
