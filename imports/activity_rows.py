"""From rows of other systems to calls, mails, meetings, letters, appointments, notes and follow-ups."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from activities.models import LONGEST_CALL, MEETINGS, Activity, FollowUp
from contacts.models import Company, Person
from core.sentences import sentence as _
from imports.activity_columns import DONE, OPEN, TASK
from imports.read_rows import ReadRow
from imports.run import Run
from mailbox.reading import words_of_html
from pipeline.models import Deal

Kind, Status = Activity.Kind, Activity.Status
LONGEST_TEXT, LONGEST_STEP, LONGEST_SUBJECT = 10_000, 200, 250
AHEAD = (*MEETINGS, TASK)
"""What may lie in the future."""
_MARKUP = re.compile(r"</?(p|br|div|span|a|b|ul|li|table|html|body|strong)\b[^>]*>", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")


@dataclass(frozen=True)
class Whom:
    """Company, person and deal of a row, as far as they are known."""

    company: Company | None
    person: Person | None
    deal: Deal | None

    def __bool__(self) -> bool:
        return bool(self.company or self.person or self.deal)


@dataclass(frozen=True)
class Told:
    """What becomes of one row: an entry, a follow-up, or a follow-up with a note of its long text."""

    entry: Activity | None = None
    step: FollowUp | None = None


def kind_of(row: ReadRow) -> str:
    """What was done; where nothing is said, a note."""
    return row.text("kind") or Kind.NOTE


def refusal(row: ReadRow, whom: Whom, now: datetime) -> str:
    """Why a row cannot come in; nothing if it can."""
    kind, at = kind_of(row), row.moment("at")
    if not whom:
        return _("Nobody is known here whom this is about.")
    if at is None:
        return _("The day is missing.")
    if at > now and kind not in AHEAD:
        return _("The day lies in the future; only appointments and follow-ups do.")
    if kind in (Kind.NOTE, TASK) and not _words(row):
        return _("The text is missing.")
    return ""


def told_by(row: ReadRow, whom: Whom, run: Run) -> Told:
    """What a row that may come in becomes."""
    if kind_of(row) == TASK:
        return _task(row, whom, run)
    return Told(entry=_entry(row, whom, run))


def _entry(row: ReadRow, whom: Whom, run: Run) -> Activity:
    kind = kind_of(row)
    entry = Activity(
        kind=kind, at=row.moment("at") or run.now, author_id=_author(row, run), text=_cut(_words(row), run)
    )
    entry.company, entry.person, entry.deal, entry.subject = whom.company, whom.person, whom.deal, ""
    if kind not in (Kind.CALL, Kind.NOTE):
        entry.subject = row.text("subject")[:LONGEST_SUBJECT]
        if len(row.text("subject")) <= LONGEST_SUBJECT:
            entry.text = _cut(_body(row), run)
    if kind == Kind.CALL:
        entry.result, entry.duration_minutes = row.text("result"), _minutes(row)
    if kind in (Kind.CALL, Kind.MAIL, Kind.LETTER):
        entry.direction = row.text("direction") or Activity.Direction.OUTBOUND
    if kind in MEETINGS:
        entry.status, entry.ends_at, entry.place = _status(row, run), _end(row), row.text("place")
    return entry


def _task(row: ReadRow, whom: Whom, run: Run) -> Told:
    """A follow-up; one that says more than it holds comes with a note."""
    at, text = row.moment("at") or run.now, _words(row)
    local = timezone.localtime(at)
    is_done = row.text("status") not in ("", OPEN) or (not row.text("status") and at < run.now)
    step = FollowUp(
        kind=FollowUp.Kind.OTHER,
        text=(row.text("subject") or " ".join(text.split()))[:LONGEST_STEP],
        due_on=local.date(),
        due_time=None if "at" in row.days else local.time().replace(microsecond=0),
        owner_id=_author(row, run),
        company=whom.company,
        person=whom.person,
        deal=whom.deal,
    )
    if is_done:
        step.done_at, step.done_by_id = min(at, run.now), step.owner_id
    if text == step.text:
        return Told(step=step)
    note = Activity(kind=Kind.NOTE, at=min(at, run.now), author_id=step.owner_id, text=_cut(text, run))
    note.subject, note.company, note.person, note.deal = "", whom.company, whom.person, whom.deal
    return Told(entry=note, step=step)


def _words(row: ReadRow) -> str:
    """Subject and text as one."""
    return "\n".join(filter(None, [row.text("subject"), _body(row)]))


def _body(row: ReadRow) -> str:
    """The text, without markup; below it who wrote it, where that is nobody of ours."""
    text = row.text("text")
    if _MARKUP.search(text):
        text = words_of_html(text)
    author = row.unknown.get("author", "")
    said = _("Written by %(name)s") % {"name": author} if author else ""
    return "\n".join(filter(None, [text.strip(), said]))


def _cut(text: str, run: Run) -> str:
    if len(text) > LONGEST_TEXT:
        run.tally.notes[_("texts were longer than 10,000 characters: only their beginning came in")] += 1
    return text[:LONGEST_TEXT]


def _author(row: ReadRow, run: Run) -> int:
    author = None if run.is_own_only else row.key("author")
    return author or run.actor.pk


def _status(row: ReadRow, run: Run) -> str:
    """What lies in the past was held unless something else is said: nobody tells it years later."""
    said, is_ahead = row.text("status"), (row.moment("at") or run.now) > run.now
    if said in (Status.NO_SHOW, Status.CANCELLED):
        return Status.CANCELLED if is_ahead else said
    return Status.AGREED if is_ahead and said != DONE else Status.HELD


def _end(row: ReadRow) -> datetime | None:
    begins, ends, minutes = row.moment("at"), row.moment("ends_at"), _minutes(row)
    if begins is None:
        return None
    if ends is None and minutes:
        ends = begins + timedelta(minutes=minutes)
    return ends if ends is not None and ends > begins else None


def _minutes(row: ReadRow) -> int | None:
    """`15`, `0:15`, `00:15:00`; a call of seconds lasted a minute."""
    text = row.text("duration")
    clock = _CLOCK.fullmatch(text)
    if clock and clock[1]:
        minutes = int(clock[1]) * 60 + int(clock[2]) + (int(clock[3]) >= 30)
    elif clock:
        minutes = int(clock[2]) * 60 + int(clock[3])
    elif text.isdecimal():
        minutes = int(text)
    else:
        return None
    return min(max(minutes, 1), LONGEST_CALL)
