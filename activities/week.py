"""The week of a colleague: appointments and timed follow-ups day by day, clashes marked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from activities.calendars import ends
from activities.models import MEETINGS, Activity, ActivityQuerySet, FollowUp, FollowUpQuerySet
from core.working_days import holiday_on

DAYS = 7
SATURDAY = 5
MOST_APPOINTMENTS = 200
MOST_FOLLOW_UPS = 200
FIRST, LAST = date(2000, 1, 3), date(2100, 12, 27)


@dataclass
class Slot:
    """One appointment or follow-up on its day; `clashes` are other appointments at the same time."""

    row: Activity | FollowUp
    begins: datetime | None
    ends: datetime | None
    clashes: list[Activity] = field(default_factory=list)

    @property
    def is_appointment(self) -> bool:
        """Somebody waits for us then."""
        return isinstance(self.row, Activity)


@dataclass(frozen=True)
class WeekDay:
    """A day with what is planned on it, in the order of the clock; `holiday` names a public one."""

    on: date
    is_today: bool
    is_weekend: bool
    holiday: str
    slots: list[Slot]


@dataclass(frozen=True)
class Week:
    """Monday to Sunday of one colleague."""

    of: User
    monday: date
    days: list[WeekDay]
    clash_count: int

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=DAYS - 1)

    @property
    def before(self) -> date:
        """The Monday before."""
        return max(self.monday - timedelta(days=DAYS), FIRST)

    @property
    def after(self) -> date:
        """The Monday after."""
        return min(self.monday + timedelta(days=DAYS), LAST)


def monday_of(day: date) -> date:
    """The Monday of a day's week, within what a calendar holds."""
    return min(max(day - timedelta(days=day.weekday()), FIRST), LAST)


def read_week(user: User, of: User, day: date) -> Week:
    """The week of `of` around a day, as `user` may see it; lists are bounded."""
    monday = monday_of(day)
    slots = [_slot(row) for row in _appointments(user, of, monday)]
    _mark_clashes(slots)
    slots += [_step(row) for row in _follow_ups(user, of, monday)]
    today = timezone.localdate()
    days = [monday + timedelta(days=number) for number in range(DAYS)]
    return Week(
        of=of,
        monday=monday,
        days=[_day(on, today, of.works_in, slots) for on in days],
        clash_count=sum(bool(slot.clashes) for slot in slots),
    )


def _day(on: date, today: date, land: str, slots: list[Slot]) -> WeekDay:
    holiday = holiday_on(on, land)
    return WeekDay(on, on == today, on.weekday() >= SATURDAY, holiday, _on(slots, on))


def colleagues_to_choose() -> list[User]:
    """Whose week may be looked at: everyone's who can log in; what stands in it follows one's rights."""
    return list(User.objects.active().by_name())


def _appointments(user: User, of: User, monday: date) -> ActivityQuerySet:
    rows = Activity.objects.visible_to(user).attended_by([of.pk])
    rows = rows.filter(kind__in=MEETINGS, at__gte=_midnight(monday), at__lt=_midnight(_next(monday)))
    rows = rows.exclude(status=Activity.Status.CANCELLED)
    return rows.select_related("company", "person", "deal", "author").order_by("at", "pk")[:MOST_APPOINTMENTS]


def _follow_ups(user: User, of: User, monday: date) -> FollowUpQuerySet:
    rows = FollowUp.objects.visible_to(user).of_owners([of.pk]).open()
    rows = rows.filter(Q(due_on__gte=monday, due_on__lt=_next(monday)))
    return rows.select_related("company", "person", "deal")[:MOST_FOLLOW_UPS]


def _slot(appointment: Activity) -> Slot:
    begins, until = timezone.localtime(appointment.at), timezone.localtime(ends(appointment))
    return Slot(appointment, begins, until)


def _step(follow_up: FollowUp) -> Slot:
    at = follow_up.due_time
    begins = timezone.make_aware(datetime.combine(follow_up.due_on, at)) if at else None
    return Slot(follow_up, begins, None)


def _mark_clashes(slots: list[Slot]) -> None:
    """Each slot learns which others overlap it; they come in the order of their beginnings."""
    running: list[Slot] = []
    for slot in slots:
        running = [other for other in running if other.ends and slot.begins and other.ends > slot.begins]
        for other in running:
            if _is_on(slot) and _is_on(other):
                slot.clashes.append(other.row)  # type: ignore[arg-type]
                other.clashes.append(slot.row)  # type: ignore[arg-type]
        running.append(slot)


def _is_on(slot: Slot) -> bool:
    return isinstance(slot.row, Activity) and slot.row.status != Activity.Status.NO_SHOW


def _on(slots: Iterable[Slot], day: date) -> list[Slot]:
    mine = [slot for slot in slots if _day_of(slot) == day]
    last = timezone.make_aware(datetime.combine(day, time.max))
    return sorted(mine, key=lambda slot: (slot.begins or last, not slot.is_appointment, slot.row.pk))


def _day_of(slot: Slot) -> date:
    return slot.row.due_on if isinstance(slot.row, FollowUp) else timezone.localdate(slot.row.at)


def _next(monday: date) -> date:
    return monday + timedelta(days=DAYS)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
