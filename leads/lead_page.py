"""What the page of one lead shows: states, who had it and why, who it may be, how it may be reached."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from leads.answering import worked_minutes
from leads.known import Known, known_as
from leads.models import Lead, LeadAssignment, LeadSetting, LeadState, LeadStateChange
from leads.placing import land_of
from leads.reach import Reach
from leads.score_page import ShownChance, ShownPart, chance_of, score_parts
from leads.urgency import Urgency, urgency_of

MOST_HISTORY = 50
# What can be said of an open lead by hand, in order.
STEPS = (LeadState.WORKING, LeadState.QUALIFIED)


@dataclass(frozen=True)
class Step:
    """A state on the stepper; `state` is its CSS class."""

    value: str
    label: str
    state: str


@dataclass(frozen=True)
class LeadPage:
    """Everything the page shows of the lead itself."""

    lead: Lead
    may_edit: bool
    urgency: Urgency | None
    steps: list[Step]
    changes: list[LeadStateChange]
    assignments: list[LeadAssignment]
    known: Known | None
    reach: Reach
    # Minutes of working hours from the inquiry to the answer, or until now.
    answer_minutes: int | None
    score: list[ShownPart]
    chance: ShownChance | None

    @property
    def why(self) -> str:
        """Why the present owner has it."""
        return next((row.why for row in self.assignments if row.why), "")

    @property
    def undo(self) -> LeadStateChange | None:
        """The last step, where it may be taken back."""
        last = self.changes[0] if self.changes else None
        is_undoable = last and last.from_state and last.reverts_id is None
        return last if self.may_edit and is_undoable and self.lead.state != LeadState.CONVERTED else None

    @property
    def is_answered_late(self) -> bool:
        """Whether the answer came, or will come, after its time."""
        until = self.lead.answer_by
        return until is not None and (self.lead.answered_at or timezone.now()) > until


def read_lead_page(lead: Lead, user: User, *, may_edit: bool) -> LeadPage:
    """Read the page of a lead that was loaded `for_page`."""
    changes = lead.state_changes.select_related("actor", "reason").order_by("-seq")[:MOST_HISTORY]
    given = lead.assignments.select_related("from_owner", "to_owner", "team", "actor")
    return LeadPage(
        lead=lead,
        may_edit=may_edit,
        urgency=urgency_of(lead, LeadSetting.current()),
        steps=_steps(lead),
        changes=list(changes),
        assignments=list(given.order_by("-pk")[:MOST_HISTORY]),
        known=known_as(lead) if lead.is_open else None,
        reach=Reach(lead),
        answer_minutes=_answer_minutes(lead),
        score=score_parts(lead),
        chance=chance_of(lead),
    )


def _steps(lead: Lead) -> list[Step]:
    order = [LeadState.NEW, *STEPS, LeadState.CONVERTED]
    here = order.index(LeadState(lead.state)) if lead.state in order else -1
    steps = []
    for place, value in enumerate(order):
        state = "now" if place == here else "done" if place < here else ""
        steps.append(Step(value, str(value.label), state))
    return steps


def _answer_minutes(lead: Lead) -> int | None:
    if lead.answer_by is None:
        return None
    end: datetime = lead.answered_at or timezone.now()
    return worked_minutes(lead.received_at, end, land_of(lead))
