"""The history of a deal from what a foreign file says of it: pure, from standings and moments to steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from core.sentences import sentence as _
from imports.rows import Moment
from imports.words import Standing
from pipeline.models import Outcome, Stage


class HistoryImpossibleError(Exception):
    """The moments or stages of a deal contradict each other; carries the reason for the user."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a foreign history: where a deal stood from a moment on, and who owned it then."""

    at: datetime
    standing: Standing
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of our history: into a stage, or to an outcome."""

    at: datetime
    stage: Stage
    outcome: Outcome
    owner: str


@dataclass(slots=True)
class History:
    """The steps of a deal from its opening on, the changes of its owner, how many lines said nothing new."""

    steps: list[Step]
    owners: list[tuple[datetime, str]]
    repeated: int = 0
    is_undated: bool = False
    """The file does not say when the deal was opened, and nothing later."""

    @property
    def is_closed(self) -> bool:
        """Won or lost at the end."""
        return self.last.outcome != Outcome.OPEN

    @property
    def last(self) -> Step:
        """How the deal stands at the end."""
        return self.steps[-1]

    @property
    def stage_since(self) -> datetime:
        """When the deal entered the stage in which it stands at the end."""
        entered = self.steps[0].at
        for before, step in zip(self.steps, self.steps[1:], strict=False):
            entered = step.at if step.stage != before.stage else entered
        return entered


def entries_of_a_row(
    standing: Standing,
    opened: Moment | None,
    closed: Moment | None,
    *,
    unknown_from: Stage,
    undated: datetime,
    zone: tzinfo,
    owner: str = "",
) -> list[Entry]:
    """The history that one row without stage changes tells: opened in a stage, perhaps closed later.

    An open deal was opened in the stage it is in. A closed one was opened in the stage the file names; where
    it names none, or says of a won deal no more than Abschluss, in `unknown_from`. An open deal without an
    opening moment gets `undated`, a closed one its closing moment. Raises HistoryImpossible for a closed deal
    without closing moment and for one that closes before it opens.
    """
    if standing.outcome in (None, Outcome.OPEN):
        if standing.stage is None:
            raise HistoryImpossibleError(_("The stage of this open deal is not known."))
        return [Entry(opened.at if opened else undated, Standing(standing.stage, Outcome.OPEN), owner)]
    if closed is None:
        raise HistoryImpossibleError(_("The deal is closed, but the file does not say when."))
    opened, closed = within_one_day(opened or closed, closed, zone)
    if closed.at < opened.at:
        raise HistoryImpossibleError(_("The deal closes before it opens."))
    first = Standing(_opening_stage(standing, unknown_from), Outcome.OPEN)
    return [Entry(opened.at, first, owner), Entry(closed.at, Standing(None, standing.outcome), owner)]


def within_one_day(earlier: Moment, later: Moment, zone: tzinfo) -> tuple[Moment, Moment]:
    """Two moments of one day in order, where the time of one of them is ours: that one gives way."""
    is_one_day = earlier.at.astimezone(zone).date() == later.at.astimezone(zone).date()
    if later.at >= earlier.at or not is_one_day:
        return earlier, later
    if later.is_day:
        return earlier, replace(later, at=earlier.at)
    return (replace(earlier, at=later.at), later) if earlier.is_day else (earlier, later)


def history_of(entries: Sequence[Entry], *, unknown_from: Stage) -> History:
    """Turn entries, in their order, into the steps that our history knows.

    A win passes through Abschluss, a closed deal is reopened before it goes on, what says nothing new is
    counted and left out. Steps that belong together share their moment.
    """
    history = History(_opening(entries[0], unknown_from), [(entries[0].at, entries[0].owner)])
    for entry in entries[1:]:
        owner = entry.owner or history.last.owner
        if owner != history.owners[-1][1]:
            history.owners.append((entry.at, owner))
        steps = list(_steps(history.last, replace(entry, owner=owner)))
        history.steps += steps
        history.repeated += not steps
    return history


def _opening_stage(standing: Standing, unknown_from: Stage) -> Stage:
    says_nothing = standing.outcome == Outcome.WON and standing.stage == Stage.ABSCHLUSS
    return unknown_from if standing.stage is None or says_nothing else standing.stage


def _opening(entry: Entry, unknown_from: Stage) -> list[Step]:
    first = Step(entry.at, _opening_stage(entry.standing, unknown_from), Outcome.OPEN, entry.owner)
    return [first, *_steps(first, entry)]


def _steps(here: Step, entry: Entry) -> Iterable[Step]:
    """From where a deal stands to what an entry says, as our own actions would write it."""
    outcome = entry.standing.outcome or Outcome.OPEN
    stage = Stage.ABSCHLUSS if outcome == Outcome.WON else entry.standing.stage or here.stage
    if (stage, outcome) == (here.stage, here.outcome):
        return
    if here.outcome != Outcome.OPEN:
        yield Step(entry.at, here.stage, Outcome.OPEN, entry.owner)
    if stage != here.stage:
        yield Step(entry.at, stage, Outcome.OPEN, entry.owner)
    if outcome != Outcome.OPEN:
        yield Step(entry.at, stage, outcome, entry.owner)
