"""What the page of one deal shows: its way through the stages, criteria, people, and history in sentences."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.templatetags.dates import short_date
from core.templatetags.money import money
from pipeline.actions import is_undoable
from pipeline.models import (
    Criterion,
    CriterionMet,
    Deal,
    DealChange,
    DealMember,
    DealPerson,
    Outcome,
    StageChange,
    StageSetting,
)
from pipeline.value_line import ValueLine, value_line

DAY = timedelta(days=1)
# What a fact leaves as evidence: the row it came from.
REFERENCE = re.compile(r"(order|[a-z_]+-\d+)\Z")


@dataclass(frozen=True)
class Step:
    """One stage on the stepper; `state` is its CSS class: done, now, leaked, skipped, empty for to come."""

    stage: int
    label: str
    state: str
    entered_at: datetime | None
    days: int | None
    is_too_long: bool


@dataclass(frozen=True)
class CriterionLine:
    """A criterion, and what met it."""

    criterion: Criterion
    met: CriterionMet | None

    @property
    def note(self) -> str:
        """What was written when it was ticked by hand; facts leave only a reference to their row."""
        return "" if self.met is None or REFERENCE.match(self.met.evidence) else self.met.evidence


@dataclass(frozen=True)
class HistoryEntry:
    """One thing that happened to the deal, as a sentence; undone pairs are shown struck through."""

    at: datetime
    text: str
    actor: User | None
    icon: str
    stage: int = 0
    tone: str = ""
    is_undone: bool = False


@dataclass(frozen=True)
class DealPage:
    """Everything the page of a deal shows of the funnel itself."""

    deal: Deal
    may_edit: bool
    steps: list[Step]
    criteria: list[CriterionLine]
    people: list[DealPerson]
    members: list[DealMember]
    history: list[HistoryEntry]
    value_line: ValueLine | None
    # The history row that can still be undone, 0 when there is none.
    undo_seq: int

    @property
    def next_stage(self) -> Step | None:
        """Where it goes from here."""
        return next((step for step in self.steps if step.stage == self.deal.stage + 1), None)


def read_deal_page(deal: Deal, *, may_edit: bool) -> DealPage:
    """Read the page of a deal that was loaded with its customer, owner, product and source."""
    settings = stage_settings()
    labels = {stage: str(setting.label) for stage, setting in settings.items()}
    rows = list(
        deal.stage_changes.select_related("actor", "loss_reason", "reverts", "reverted_by").order_by("seq")
    )
    changes = list(deal.changes.select_related("actor", "owner").order_by("seq"))
    latest = rows[-1]
    return DealPage(
        deal=deal,
        may_edit=may_edit,
        steps=_steps(deal, [row for row in rows if not _is_undone(row)], settings),
        criteria=_criteria(deal),
        people=list(
            deal.people.select_related("person").prefetch_related("person__channels").order_by("role", "pk")
        ),
        members=list(deal.members.select_related("user").order_by("user__last_name", "pk")),
        history=_history(rows, changes, labels),
        value_line=value_line(changes, deal.closed_at or timezone.now()),
        undo_seq=latest.seq if may_edit and is_undoable(latest) else 0,
    )


def stage_settings() -> dict[int, StageSetting]:
    """The stages as they are set up here, by number."""
    return {setting.stage: setting for setting in StageSetting.objects.all()}


def stage_labels() -> dict[int, str]:
    """What the stages are called here, by number."""
    return {setting.stage: str(setting.label) for setting in StageSetting.objects.all()}


def unmet_criteria(deal: Deal, *, before: int) -> list[Criterion]:
    """The criteria that moving this deal to the stage `before` asks about."""
    return list(Criterion.objects.unmet_by(deal, before=before))


def _is_undone(row: StageChange) -> bool:
    return row.reverts_id is not None or hasattr(row, "reverted_by")


def _steps(deal: Deal, rows: Iterable[StageChange], settings: dict[int, StageSetting]) -> list[Step]:
    entered, stayed = _stays(deal, rows)
    steps = []
    for stage, setting in sorted(settings.items()):
        days = stayed[stage] // DAY if stage in entered else None
        is_here = stage == deal.stage
        steps.append(
            Step(
                stage=stage,
                label=str(setting.label),
                state=_state(deal, stage, is_entered=stage in entered),
                entered_at=entered.get(stage),
                days=days,
                is_too_long=deal.is_open and is_here and deal.days_in_stage > setting.usual_days,
            )
        )
    return steps


def _stays(deal: Deal, rows: Iterable[StageChange]) -> tuple[dict[int, datetime], dict[int, timedelta]]:
    """When each stage was first entered, and the time spent in it altogether."""
    entered: dict[int, datetime] = {}
    stayed: dict[int, timedelta] = defaultdict(timedelta)
    here, since = None, deal.opened_at
    for row in rows:
        if here is not None and row.from_outcome == Outcome.OPEN:
            stayed[here] += row.at - since
        entered.setdefault(row.to_stage, row.at)
        here, since = row.to_stage, row.at
    if here is not None and deal.is_open:
        stayed[here] += timezone.now() - since
    return entered, stayed


def _state(deal: Deal, stage: int, *, is_entered: bool) -> str:
    if stage == deal.stage:
        return {Outcome.OPEN: "now", Outcome.LOST: "leaked", Outcome.WON: "done"}[Outcome(deal.outcome)]
    if stage > deal.stage:
        return ""
    return "done" if is_entered else "skipped"


def _criteria(deal: Deal) -> list[CriterionLine]:
    met = {row.criterion_id: row for row in deal.criteria_met.select_related("by", "criterion")}
    return [CriterionLine(one, met.get(one.pk)) for one in Criterion.objects.of_kind(deal.kind)]


def _history(
    rows: Iterable[StageChange], changes: list[DealChange], labels: dict[int, str]
) -> list[HistoryEntry]:
    """Steps and changes of facts in one list, newest first."""
    entries = [_step_entry(row, labels) for row in rows]
    for before, after in pairwise(changes):
        entries += [_fact_entry(after, text) for text in _fact_sentences(before, after)]
    # Reversed instead of sorted downwards: of two at the same moment the later row stands on top.
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def _step_entry(row: StageChange, labels: dict[int, str]) -> HistoryEntry:
    icon, tone, text = _step_sentence(row, labels)
    if row.reverts_id is not None:
        icon, tone, text = "undo-2", "", _("Undone: back to “%(stage)s”") % {"stage": labels[row.to_stage]}
    return HistoryEntry(
        at=row.at,
        text=text,
        actor=row.actor,
        icon=icon,
        stage=row.to_stage,
        tone=tone,
        is_undone=_is_undone(row),
    )


def _step_sentence(row: StageChange, labels: dict[int, str]) -> tuple[str, str, str]:
    """Icon, tone and sentence of a step that was not an undoing."""
    to = labels[row.to_stage]
    if row.to_outcome == Outcome.WON:
        return "trophy", "is-won", _("Won: %(value)s") % {"value": money(row.value, row.currency)}
    if row.to_outcome == Outcome.LOST:
        reason = ": ".join(part for part in (str(row.loss_reason), row.loss_note) if part)
        return "circle-x", "is-lost", _("Lost in “%(stage)s”: %(reason)s") % {"stage": to, "reason": reason}
    if row.from_stage is None:
        return "sparkles", "", _("Opened in “%(stage)s”") % {"stage": to}
    if row.from_outcome != Outcome.OPEN:
        return "rotate-ccw", "", _("Opened again in “%(stage)s”") % {"stage": to}
    names = {"from": labels[row.from_stage], "to": to}
    if row.to_stage < row.from_stage:
        return "arrow-left", "", _("Back from “%(from)s” to “%(to)s”") % names
    return "arrow-right", "", _("Moved on from “%(from)s” to “%(to)s”") % names


def _fact_entry(change: DealChange, text: str) -> HistoryEntry:
    return HistoryEntry(at=change.at, text=text, actor=change.actor, icon="pencil")


def _fact_sentences(before: DealChange, after: DealChange) -> list[str]:
    pairs: list[tuple[str, str, str]] = [
        (_("Owner: %(before)s → %(after)s"), str(before.owner), str(after.owner)),
        (
            _("Value: %(before)s → %(after)s"),
            _amount(before.value, before.currency),
            _amount(after.value, after.currency),
        ),
        (
            _("Expected closing: %(before)s → %(after)s"),
            _day(before.expected_close_on),
            _day(after.expected_close_on),
        ),
    ]
    return [text % {"before": old, "after": new} for text, old, new in pairs if old != new]


def _amount(value: Decimal, currency: str) -> str:
    return str(money(value, currency))


def _day(day: date | None) -> str:
    return short_date(day) or _("open")
