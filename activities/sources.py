"""The tables that feed the timeline: each answers what belongs to a deal, a company or a person.

Another table joins by a function in SOURCES, a pill in KINDS and a template of its entries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.conf import settings
from django.db.models import DateTimeField, F, Func, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from activities.models import Activity, ActivityQuerySet, FollowUp, Participant, TimelineMark
from activities.subjects import COLUMNS, COMPANY, DEAL, LEAD, PERSON, Subject
from leads.models import Lead, Touch
from offers.models import Order
from pipeline.models import Deal, DealQuerySet, StageChange

FOLLOW_UPS, STAGES, MARKS = "follow_up", "stage", "mark"
ORDERS, TOUCHES = "order", "touch"
KINDS: tuple[tuple[str, str | Promise], ...] = (
    ("", pgettext_lazy("timeline", "Everything")),
    (Activity.Kind.CALL, gettext_lazy("Calls")),
    (Activity.Kind.APPOINTMENT, gettext_lazy("Appointments")),
    (Activity.Kind.MAIL, gettext_lazy("E-mails")),
    (Activity.Kind.NOTE, gettext_lazy("Notes")),
    (Activity.Kind.MEETING, gettext_lazy("Online meetings")),
    (Activity.Kind.LETTER, gettext_lazy("Letters")),
    (FOLLOW_UPS, gettext_lazy("Follow-ups")),
    (ORDERS, gettext_lazy("Orders")),
    (STAGES, gettext_lazy("Stages")),
    (TOUCHES, gettext_lazy("Touches")),
    (MARKS, gettext_lazy("Other")),
)

Row: TypeAlias = Activity | FollowUp | StageChange | TimelineMark | Touch | Order


@dataclass(frozen=True)
class Source:
    """One table that feeds the timeline. At equal moments the higher rank stands above.

    `moment` is a column, or an annotation, that says when it happened.
    """

    rank: int
    rows: QuerySet
    moment: str
    template: str


def sources(subject: Subject, user: User, kind: str) -> list[Source]:
    """What there is of one kind, of all when it is empty, as far as the user may see it."""
    readers = {name: read for name, read in SOURCES.items() if kind in ("", name)}
    if subject.kind == LEAD:
        readers.pop(MARKS, None)
    chosen = [read(subject, user) for read in readers.values()]
    return chosen if kind in SOURCES else [*_done(subject, user, kind), *chosen]


def _done(subject: Subject, user: User, kind: str) -> list[Source]:
    """What was done with them: activities, also those that hang on somebody else."""
    done = [_activities(subject, user, kind)]
    if subject.kind == PERSON:
        done.append(_taken_part_in(subject, user, kind))
    if isinstance(subject.row, Deal) and subject.row.lead_id:
        done.append(_before_the_deal(subject.row, user, kind))
    return done


def _before_the_deal(deal: Deal, user: User, kind: str) -> Source:
    """What was done with the lead before it became the deal."""
    return _entries(Activity.objects.visible_to(user).filter(lead=deal.lead_id).exclude(deal=deal), kind)


def _touches(subject: Subject, user: User) -> Source:
    """The touches of the lead or the customer; those of a deal are of the lead it was made of."""
    rows = Touch.objects.select_related("source", "campaign", "lead")
    if isinstance(subject.row, Deal):
        rows = rows.filter(lead=subject.row.lead_id) if subject.row.lead_id else rows.none()
    else:
        rows = rows.filter(_linked(subject))
    if subject.kind in (COMPANY, PERSON) and settings.DEAL_VISIBILITY != "all" and not user.is_admin:
        rows = rows.filter(Q(lead=None) | Q(lead__in=Lead.objects.visible_to(user).values("pk")))
    return Source(4, rows, "at", "activities/_entry_touch.html")


def _activities(subject: Subject, user: User, kind: str) -> Source:
    return _entries(Activity.objects.visible_to(user).filter(_linked(subject)), kind)


def _taken_part_in(subject: Subject, user: User, kind: str) -> Source:
    """Appointments of others at which the person was, too; a source of its own keeps each an index scan."""
    there = Participant.objects.filter(person=subject.row.pk).values("activity")
    rows = Activity.objects.visible_to(user).filter(pk__in=there).exclude(person=subject.row.pk)
    return _entries(rows, kind)


def _entries(rows: ActivityQuerySet, kind: str) -> Source:
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.select_related("author", "person", "deal")
    return Source(2, rows, "at", "activities/_entry_activity.html")


def _marks(subject: Subject, user: User) -> Source:
    rows = TimelineMark.objects.visible_to(user).filter(_linked(subject)).select_related("actor", "deal")
    return Source(3, rows, "at", "activities/_entry_mark.html")


def _finished_follow_ups(subject: Subject, user: User) -> Source:
    """Those of appointments are told by the appointment."""
    rows = FollowUp.objects.visible_to(user).filter(_linked(subject), appointment=None)
    rows = rows.filter(done_at__isnull=False).select_related("done_by", "person", "deal")
    return Source(1, rows, "done_at", "activities/_entry_follow_up.html")


def _stage_changes(subject: Subject, user: User) -> Source:
    rows = StageChange.objects.effective().filter(deal__in=_deals(subject, user).values("pk"))
    rows = rows.select_related("deal", "actor", "loss_reason")
    return Source(0, rows, "at", "activities/_entry_stage.html")


def _linked(subject: Subject) -> Q:
    return Q(**{COLUMNS[subject.kind]: subject.row.pk})


def _deals(subject: Subject, user: User) -> DealQuerySet:
    deals = Deal.objects.visible_to(user)
    if subject.kind == DEAL:
        return deals.filter(pk=subject.row.pk)
    if subject.kind == LEAD:
        return deals.filter(lead=subject.row.pk)
    if subject.kind == COMPANY:
        return deals.filter(company=subject.row.pk)
    return deals.filter(Q(person=subject.row.pk) | Q(people__person=subject.row.pk))


class _Noon(Func):
    """Noon of a day, by the clock of the site."""

    template = "((%(expressions)s + time '12:00') AT TIME ZONE '%(zone)s')"
    output_field = DateTimeField()


def _orders(subject: Subject, user: User) -> Source:
    """An order has a day, no time of day: it stands at noon."""
    noon = _Noon(F("ordered_on"), zone=settings.TIME_ZONE)
    of_lead = Q(deal__in=_deals(subject, user).values("pk"))
    mine = of_lead if subject.kind == LEAD else _linked(subject)
    rows = Order.objects.visible_to(user).filter(mine).annotate(ordered_at=noon)
    rows = rows.select_related("deal", "owner").with_net()
    return Source(5, rows, "ordered_at", "activities/_entry_order.html")


SOURCES: dict[str, Callable[[Subject, User], Source]] = {
    FOLLOW_UPS: _finished_follow_ups,
    ORDERS: _orders,
    STAGES: _stage_changes,
    TOUCHES: _touches,
    MARKS: _marks,
}
"""Every kind but those of activities, and who reads it."""
