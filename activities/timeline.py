"""The contact history: what was done, what was finished and how the deals moved, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db.models import F, Q, QuerySet, prefetch_related_objects
from django.db.models.fields.tuple_lookups import TupleLessThan
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from activities.marks import sentence_of, symbol_of
from activities.models import Activity, ActivityQuerySet, FollowUp, Participant, TimelineMark
from activities.subjects import COLUMNS, COMPANY, DEAL, LEAD, PERSON, Subject
from leads.models import Lead, Touch
from pipeline.models import Deal, DealQuerySet, Outcome, StageChange, StageSetting

PAGE_SIZE = 20
SALT = "activities.timeline"
FOLLOW_UPS, STAGES, MARKS, TOUCHES = "follow_up", "stage", "mark", "touch"
KINDS: tuple[tuple[str, str | Promise], ...] = (
    ("", pgettext_lazy("timeline", "Everything")),
    (Activity.Kind.CALL, gettext_lazy("Calls")),
    (Activity.Kind.APPOINTMENT, gettext_lazy("Appointments")),
    (Activity.Kind.MAIL, gettext_lazy("E-mails")),
    (Activity.Kind.NOTE, gettext_lazy("Notes")),
    (Activity.Kind.MEETING, gettext_lazy("Online meetings")),
    (Activity.Kind.LETTER, gettext_lazy("Letters")),
    (FOLLOW_UPS, gettext_lazy("Follow-ups")),
    (STAGES, gettext_lazy("Stages")),
    (TOUCHES, gettext_lazy("Touches")),
    (MARKS, gettext_lazy("Other")),
)


@dataclass(frozen=True)
class Entry:
    """One thing that happened; `template` shows it."""

    at: datetime
    rank: int
    row: Activity | FollowUp | StageChange | TimelineMark | Touch
    template: str
    text: str = ""
    symbol: str = ""
    can_edit: bool = False
    can_close: bool = False


@dataclass(frozen=True)
class Timeline:
    """A page of entries, and where the older ones begin."""

    entries: list[Entry]
    next_cursor: str
    kind: str


@dataclass(frozen=True)
class Source:
    """One table that feeds the timeline. At equal moments the higher rank stands above."""

    rank: int
    rows: (
        QuerySet[Activity]
        | QuerySet[FollowUp]
        | QuerySet[StageChange]
        | QuerySet[TimelineMark]
        | QuerySet[Touch]
    )
    moment: str
    template: str


@dataclass(frozen=True)
class Cursor:
    """The last entry shown."""

    at: datetime
    rank: int
    pk: int


def read_timeline(subject: Subject, user: User, *, kind: str = "", cursor: str = "") -> Timeline:
    """The entries of one kind (all when empty or unknown) after the cursor that the user may see."""
    kind = kind if kind in dict(KINDS) else ""
    after = _decode(cursor)
    found = [entry for source in _sources(subject, user, kind) for entry in _read(source, after)]
    found.sort(key=lambda entry: (entry.at, entry.rank, entry.row.pk), reverse=True)
    entries = _with_rights(_with_sentences(found[:PAGE_SIZE]), user)
    has_more = len(found) > PAGE_SIZE
    return Timeline(entries=entries, next_cursor=_encode(entries[-1]) if has_more else "", kind=kind)


def sentence(change: StageChange, labels: dict[int, str]) -> str:
    """What a stage change says to a reader."""
    here, before = labels[change.to_stage], labels.get(change.from_stage or 0, "")
    if change.from_stage is None:
        return _("Opened in “%(stage)s”") % {"stage": here}
    if change.to_outcome == Outcome.LOST:
        why = " – ".join(part for part in (str(change.loss_reason), change.loss_note) if part)
        return _("Lost in “%(stage)s”: %(reason)s") % {"stage": here, "reason": why}
    if change.to_outcome == Outcome.WON:
        return _("Won")
    if change.from_outcome != Outcome.OPEN:
        return _("Reopened in “%(stage)s”") % {"stage": here}
    if change.to_stage < change.from_stage:
        return _("Moved back from “%(before)s” to “%(stage)s”") % {"before": before, "stage": here}
    return _("Moved on from “%(before)s” to “%(stage)s”") % {"before": before, "stage": here}


def _sources(subject: Subject, user: User, kind: str) -> list[Source]:
    chosen: list[Source] = []
    if kind not in (FOLLOW_UPS, STAGES, MARKS, TOUCHES):
        chosen.append(_activities(subject, user, kind))
        if subject.kind == PERSON:
            chosen.append(_taken_part_in(subject, user, kind))
        if isinstance(subject.row, Deal) and subject.row.lead_id:
            chosen.append(_before_the_deal(subject.row, user, kind))
    readers = {FOLLOW_UPS: _finished_follow_ups, STAGES: _stage_changes, MARKS: _marks, TOUCHES: _touches}
    if subject.kind == LEAD:
        del readers[MARKS]
    return [*chosen, *(read(subject, user) for part, read in readers.items() if kind in ("", part))]


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


def _read(source: Source, after: Cursor | None) -> Iterable[Entry]:
    rows = source.rows
    if after is not None:
        rows = rows.filter(_before(source, after))
    for row in rows.order_by(f"-{source.moment}", "-pk")[: PAGE_SIZE + 1]:
        yield Entry(at=getattr(row, source.moment), rank=source.rank, row=row, template=source.template)


def _before(source: Source, after: Cursor) -> Q:
    """Rows of this source that stand below the cursor in the merged order."""
    if source.rank < after.rank:
        return Q(**{f"{source.moment}__lte": after.at})
    if source.rank > after.rank:
        return Q(**{f"{source.moment}__lt": after.at})
    return Q(TupleLessThan((F(source.moment), F("pk")), (after.at, after.pk)))


def _with_sentences(entries: list[Entry]) -> list[Entry]:
    """Steps and marks in words, in the reader's language."""
    labels: dict[int, str] = {}
    if any(isinstance(entry.row, StageChange) for entry in entries):
        labels = {setting.stage: str(setting.label) for setting in StageSetting.objects.all()}
    return [_told(entry, labels) for entry in entries]


def _told(entry: Entry, labels: dict[int, str]) -> Entry:
    row = entry.row
    if isinstance(row, StageChange):
        return replace(entry, text=sentence(row, labels))
    if isinstance(row, TimelineMark):
        return replace(entry, text=sentence_of(row.code, row.payload), symbol=symbol_of(row.code))
    return entry


def _with_rights(entries: list[Entry], user: User) -> list[Entry]:
    """What this user may do with the activities on the page: one question for all of them, not one each."""
    activities = [entry.row for entry in entries if isinstance(entry.row, Activity)]
    prefetch_related_objects(activities, "attachments", "participants__person", "participants__user")
    keys = [row.pk for row in activities]
    agreed = [row.pk for row in activities if row.is_agreed]
    editable = set(Activity.objects.editable_by(user).filter(pk__in=keys).values_list("pk", flat=True))
    closable = set(Activity.objects.closable_by(user).filter(pk__in=agreed).values_list("pk", flat=True))
    return [
        replace(entry, can_edit=entry.row.pk in editable, can_close=entry.row.pk in closable)
        if isinstance(entry.row, Activity)
        else entry
        for entry in entries
    ]


def _encode(entry: Entry) -> str:
    return signing.dumps([entry.at.isoformat(), entry.rank, entry.row.pk], salt=SALT)


def _decode(cursor: str) -> Cursor | None:
    """The place it names; one we did not write counts as none."""
    try:
        moment, rank, pk = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        return None
    at = parse_datetime(moment)
    return Cursor(at, rank, pk) if at else None
