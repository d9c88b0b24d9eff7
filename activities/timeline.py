"""The contact history: what was done, what was finished and how the deals moved, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core import signing
from django.db.models import F, Q, prefetch_related_objects
from django.db.models.fields.tuple_lookups import TupleLessThan
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import User
from activities.marks import sentence_of, symbol_of
from activities.models import Activity, TimelineMark
from activities.sources import KINDS, Row, Source, sources
from activities.subjects import Subject
from pipeline.models import Outcome, StageChange, StageSetting

PAGE_SIZE = 20
SALT = "activities.timeline"


@dataclass(frozen=True)
class Entry:
    """One thing that happened; `template` shows it."""

    at: datetime
    rank: int
    row: Row
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
class Cursor:
    """The last entry shown."""

    at: datetime
    rank: int
    pk: int


def read_timeline(subject: Subject, user: User, *, kind: str = "", cursor: str = "") -> Timeline:
    """The entries of one kind (all when empty or unknown) after the cursor that the user may see."""
    kind = kind if kind in dict(KINDS) else ""
    after = _decode(cursor)
    found = [entry for source in sources(subject, user, kind) for entry in _read(source, after)]
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
