"""Heute: everything due for a user and for those they stand in for, most urgent first."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.db.models import Prefetch, Q
from django.utils import timezone

from accounts.models import User
from accounts.rights import covered_owner_ids
from activities.models import Activity, ActivityQuerySet, FollowUp, FollowUpQuerySet, Mention, MentionQuerySet
from activities.panel import Postponement, postponements
from activities.subjects import PHONES
from contacts.lawful import judge
from core.pagination import Page, keyset_page
from leads.models import Lead, LeadQuerySet
from pipeline.models import Deal, DealQuerySet

MOST_APPOINTMENTS = 30
MOST_DEALS = 20
MOST_LEADS = 20
MOST_MENTIONS = 20
MOST_REMINDERS = 20
# What open pages are told of; older ones stand in the list.
TOLD_FOR = timedelta(hours=1)
MOST_OF_WEEK = 40
WEEK = 7
Rows = TypeVar("Rows", FollowUpQuerySet, ActivityQuerySet)
ORDER = ("due_on", "due_time_key", "id")


@dataclass(frozen=True)
class Day:
    """One of the days ahead, with what is planned on it."""

    on: date
    rows: list[Activity | FollowUp]


@dataclass(frozen=True)
class Today:
    """Everything the page shows; lists are bounded, counts are honest."""

    day: date
    is_first_page: bool
    mentions: list[Mention]
    reminders: list[FollowUp]
    appointments: list[Activity]
    follow_ups: Page[FollowUp]
    late: list[FollowUp]
    due: list[FollowUp]
    late_count: int
    due_count: int
    leads: list[Lead]
    deals: list[Deal]
    deal_count: int
    week: list[Day]
    postponements: list[Postponement]

    @property
    def is_empty(self) -> bool:
        """Nothing is due."""
        return not (
            self.mentions
            or self.reminders
            or self.leads
            or self.appointments
            or self.follow_ups.rows
            or self.deals
        )


def read_today(user: User, *, cursor: str = "") -> Today:
    """What is due today or overdue; the first page also has appointments and deals without a next step."""
    day = timezone.localdate()
    owners = [user.pk, *covered_owner_ids(user)]
    due = _due(user, owners, day)
    page = keyset_page(due.select_related(None).order_by(), ORDER, cursor)
    page.rows[:] = _loaded(page.rows)
    is_first = not page.previous_cursor
    deals = _deals_without_next_step(user, owners)
    late_count = due.filter(due_on__lt=day).count()
    return Today(
        day=day,
        is_first_page=is_first,
        mentions=list(_mentions(user)[:MOST_MENTIONS]) if is_first else [],
        reminders=_early_reminders(user, owners, day) if is_first else [],
        appointments=list(_appointments(user, owners, day)[:MOST_APPOINTMENTS]) if is_first else [],
        follow_ups=page,
        late=[follow_up for follow_up in page.rows if follow_up.due_on < day],
        due=[follow_up for follow_up in page.rows if follow_up.due_on == day],
        late_count=late_count,
        due_count=due.count() - late_count,
        leads=list(_leads_to_answer(user, owners)[:MOST_LEADS]) if is_first else [],
        deals=list(deals[:MOST_DEALS]) if is_first else [],
        deal_count=deals.count(),
        week=_week(user, owners, day),
        postponements=postponements(user),
    )


def reminders_of(user: User) -> list[FollowUp]:
    """What came due within the last hour and is not done, the latest first."""
    owners = [user.pk, *covered_owner_ids(user)]
    rows = FollowUp.objects.visible_to(user).of_owners(owners).open()
    rows = rows.filter(reminded_at__gte=timezone.now() - TOLD_FOR)
    return list(
        rows.select_related("company", "person", "deal", "lead").order_by("-reminded_at")[:MOST_REMINDERS]
    )


def _mentions(user: User) -> MentionQuerySet:
    rows = Mention.objects.visible_to(user).unseen()
    return rows.select_related(
        "by", "activity__company", "activity__person", "activity__deal", "activity__lead"
    )


def _early_reminders(user: User, owners: list[int], day: date) -> list[FollowUp]:
    """Of later days, remembered already; they stay until they are done or put off."""
    rows = FollowUp.objects.visible_to(user).of_owners(owners).open()
    rows = rows.filter(reminded_at__isnull=False, due_on__gt=day)
    return _loaded(list(rows[:MOST_REMINDERS]))


def _due(user: User, owners: list[int], day: date) -> FollowUpQuerySet:
    return FollowUp.objects.visible_to(user).of_owners(owners).due(day)


def _loaded(rows: list[FollowUp]) -> list[FollowUp]:
    """The same rows with everything a line shows."""
    known = FollowUp.objects.select_related("owner").filter(pk__in=[row.pk for row in rows])
    loaded = {row.pk: row for row in _with_customer(known)}
    customers = [customer for row in loaded.values() for customer in (row.person, row.company) if customer]
    judge(number for customer in customers for number in customer.phones)
    return [loaded[row.pk] for row in rows]


def _with_customer(rows: Rows) -> Rows:
    return rows.select_related("deal", "lead", "company", "person").prefetch_related(
        Prefetch("person__channels", PHONES, to_attr="phones"),
        Prefetch("company__channels", PHONES, to_attr="phones"),
    )


def _appointments(user: User, owners: list[int], day: date) -> ActivityQuerySet:
    """Those of today, and earlier ones of which nobody has told what became of them."""
    agreed = Activity.objects.visible_to(user).appointments_of(owners)
    rows = agreed.filter(at__lt=_midnight(day + timedelta(days=1))).order_by("at", "pk")
    return _with_customer(rows).select_related("author", "follow_up__owner")


def _deals_without_next_step(user: User, owners: list[int]) -> DealQuerySet:
    deals = Deal.objects.visible_to(user).without_next_step().filter(owner__in=owners)
    return deals.select_related("company", "person", "owner").order_by("-stage", "stage_since", "pk")


def _leads_to_answer(user: User, owners: list[int]) -> LeadQuerySet:
    """Inquiries of theirs that nobody has done anything about."""
    leads = Lead.objects.visible_to(user).unanswered().filter(owner__in=owners)
    return leads.select_related("owner", "source", "person", "company").order_by("due_key", "pk")


def _week(user: User, owners: list[int], day: date) -> list[Day]:
    """The seven days after today, appointments first."""
    first, last = day + timedelta(days=1), day + timedelta(days=WEEK)
    appointments = Activity.objects.visible_to(user).appointments_of(owners)
    appointments = appointments.filter(at__gte=_midnight(first), at__lt=_midnight(last + timedelta(days=1)))
    follow_ups = FollowUp.objects.visible_to(user).of_owners(owners).open()
    follow_ups = follow_ups.filter(Q(due_on__gte=first, due_on__lte=last))
    planned: dict[date, list[Activity | FollowUp]] = {}
    for appointment in appointments.select_related("company", "person", "lead").order_by("at", "pk")[
        :MOST_OF_WEEK
    ]:
        planned.setdefault(timezone.localdate(appointment.at), []).append(appointment)
    for follow_up in follow_ups.select_related("company", "person", "lead")[:MOST_OF_WEEK]:
        planned.setdefault(follow_up.due_on, []).append(follow_up)
    return [Day(on, planned[on]) for on in sorted(planned)]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
