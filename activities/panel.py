"""What the panel of a deal, a lead, a company or a person shows: open follow-ups and the timeline."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from activities.models import FollowUp, FollowUpQuerySet
from activities.sources import KINDS
from activities.subjects import COLUMNS, Subject
from activities.timeline import Timeline, read_timeline
from core.working_days import on_or_after, working_day_after

MOST_FOLLOW_UPS = 50
LATER_DAYS = (7, 14, 30)


@dataclass(frozen=True)
class Pill:
    """One choice of the timeline's filter."""

    kind: str
    label: str | Promise
    is_on: bool


@dataclass(frozen=True)
class Postponement:
    """Another day that is offered, in words and as a date."""

    on: date
    label: str


@dataclass(frozen=True)
class Panel:
    """Everything the panel shows."""

    subject: Subject
    follow_ups: list[FollowUp]
    editable: set[int]
    timeline: Timeline
    pills: list[Pill]
    postponements: list[Postponement]


def read_panel(subject: Subject, user: User, *, kind: str = "") -> Panel:
    """The panel of this subject as this user may see it."""
    timeline = read_timeline(subject, user, kind=kind)
    follow_ups = list(_open_follow_ups(subject, user))
    editable = FollowUp.objects.editable_by(user).filter(pk__in=[follow_up.pk for follow_up in follow_ups])
    return Panel(
        subject=subject,
        follow_ups=follow_ups,
        editable=set(editable.values_list("pk", flat=True)),
        timeline=timeline,
        pills=[Pill(value, label, value == timeline.kind) for value, label in KINDS],
        postponements=postponements(user),
    )


def postponements(user: User) -> list[Postponement]:
    """The days a follow-up is put off to: the next working day, one week, two, a month."""
    today, land = timezone.localdate(), user.works_in
    next_day = Postponement(working_day_after(today, land=land), _("Next working day"))
    return [next_day, *(_in_days(today, days, land) for days in LATER_DAYS)]


def _in_days(today: date, days: int, land: str) -> Postponement:
    weeks = days // 7
    label = (
        ngettext("In %(count)d week", "In %(count)d weeks", weeks) % {"count": weeks}
        if days % 7 == 0
        else ngettext("In %(count)d day", "In %(count)d days", days) % {"count": days}
    )
    return Postponement(on_or_after(date.fromordinal(today.toordinal() + days), land), label)


def _open_follow_ups(subject: Subject, user: User) -> FollowUpQuerySet:
    """Appointments stand on the timeline with their own buttons, so their follow-ups are left out."""
    hanging = Q(**{COLUMNS[subject.kind]: subject.row.pk})
    mine = FollowUp.objects.visible_to(user).filter(hanging, appointment=None)
    return mine.open().select_related("owner", "person", "deal", "lead")[:MOST_FOLLOW_UPS]
