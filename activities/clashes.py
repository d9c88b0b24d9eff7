"""Appointments at the same time as one that is being agreed or moved: told, not forbidden."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activities.calendars import ends
from activities.models import Activity, ActivityQuerySet

# The longest an appointment may have begun before.
LONGEST = timedelta(days=1)
MOST_LOOKED_AT, MOST = 200, 5


@dataclass(frozen=True)
class Clash:
    """Another appointment at the same time, and who of those asked about goes there."""

    begins: datetime
    ends: datetime
    who: list[User]
    appointment: Activity | None
    """None where the reader may not see it: then only the time is told."""

    @property
    def what(self) -> str:
        """With which customer."""
        row = self.appointment
        return str(row.company or row.person or row.deal) if row else _("another appointment")


def read_clashes(
    goers: Iterable[User], begins: datetime, until: datetime, user: User, *, moving: int | None = None
) -> list[Clash]:
    """What these colleagues have agreed at that time, as `user` may see it, without the one `moving`."""
    people = {goer.pk: goer for goer in goers}
    overlapping = list(_overlapping(list(people), begins, until).exclude(pk=moving)[:MOST_LOOKED_AT])
    found = [row for row in overlapping if ends(row) > begins][:MOST]
    seen = Activity.objects.visible_to(user).filter(pk__in=[row.pk for row in found])
    visible = set(seen.values_list("pk", flat=True))
    return [
        Clash(
            begins=timezone.localtime(row.at),
            ends=timezone.localtime(ends(row)),
            who=[people[key] for key in _goers(row) if key in people],
            appointment=row if row.pk in visible else None,
        )
        for row in found
    ]


def clashing(appointment: Activity, user: User) -> list[Clash]:
    """Other agreed appointments of whoever goes to this one."""
    goers = User.objects.filter(pk__in=_goers(appointment))
    return read_clashes(goers, appointment.at, ends(appointment), user, moving=appointment.pk)


def said_with_clashes(text: str, appointment: Activity, user: User) -> str:
    """What is said of an appointment that was saved, with what else is agreed at that time."""
    clashes = clashing(appointment, user) if appointment.is_agreed else []
    if not clashes:
        return text
    others = ", ".join(f"{clash.begins:%H:%M} {clash.what}".strip() for clash in clashes)
    return _("%(text)s At the same time: %(others)s.") % {"text": text, "others": others}


def _overlapping(goers: list[int], begins: datetime, until: datetime) -> ActivityQuerySet:
    rows = Activity.objects.filter(removed_at=None).appointments_of(goers)
    rows = rows.filter(at__lt=until, at__gt=begins - LONGEST).order_by("at", "pk")
    rows = rows.select_related("follow_up", "company", "person", "deal")
    return rows.prefetch_related("participants")


def _goers(appointment: Activity) -> list[int]:
    """Whose it is by its follow-up, else by who agreed it; then the colleagues who come along."""
    follow_up = getattr(appointment, "follow_up", None)
    colleagues = [guest.user_id for guest in appointment.participants.all() if guest.user_id]
    return [follow_up.owner_id if follow_up else appointment.author_id, *colleagues]
