"""Deals with a past: their whole history told step by step, then written at once (import, demo).

Daily work goes through `pipeline.actions`; here nothing is asked and nothing follows, because it all happened
long ago. The caller records one event for the whole.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from django.db import transaction

from accounts.models import User
from contacts.models import BuyingRole, Person
from contacts.purchases import mirror_many
from pipeline.models import (
    Criterion,
    CriterionMet,
    Deal,
    DealChange,
    DealMember,
    DealPerson,
    LossReason,
    Origin,
    Outcome,
    Stage,
    StageChange,
)

BATCH = 1000


class DealStory:
    """One unsaved deal and everything that happened to it, in the order in which it is told.

    `deal` carries what does not change; owner, value, currency and expected closing are those of the opening.
    The rows say they were recorded when they happened, unless `recorded_at` says when we learned of them.
    """

    def __init__(
        self,
        deal: Deal,
        *,
        at: datetime,
        stage: Stage = Stage.AKQUISE,
        actor: User | None = None,
        origin: Origin = Origin.TYPED,
        recorded_at: datetime | None = None,
    ) -> None:
        self.deal = deal
        self._origin, self._recorded_at = origin, recorded_at
        self.steps: list[StageChange] = []
        self.facts: list[DealChange] = []
        self.members: list[DealMember] = []
        self.people: list[DealPerson] = []
        self.met: list[CriterionMet] = []
        deal.opened_at = deal.stage_since = at
        self._add_facts(at, actor)
        deal.stage = stage
        self._open()
        self._add_step(at, actor, from_stage=None, from_outcome="")

    def enter(self, stage: Stage, *, at: datetime, actor: User | None = None) -> None:
        """Move to another stage, forward or back."""
        before = self._present()
        self.deal.stage, self.deal.stage_since = stage, at
        self._add_step(at, actor, **before)

    def win(self, *, at: datetime, actor: User | None = None) -> None:
        """The order came; from an earlier stage it enters Abschluss at the same moment."""
        accepted_directly = not any(step.to_stage == Stage.VERHANDLUNG for step in self.effective_steps())
        if self.deal.stage != Stage.ABSCHLUSS:
            self.enter(Stage.ABSCHLUSS, at=at, actor=actor)
        before = self._present()
        self.deal.outcome, self.deal.closed_at = Outcome.WON, at
        self.deal.won_value, self.deal.accepted_directly = self.deal.value, accepted_directly
        self._add_step(at, actor, **before)

    def lose(self, reason: LossReason, *, at: datetime, note: str = "", actor: User | None = None) -> None:
        """Leak out of the stage it stands in."""
        before = self._present()
        self.deal.outcome, self.deal.closed_at = Outcome.LOST, at
        self.deal.loss_reason, self.deal.loss_note = reason, note
        self._add_step(at, actor, loss_reason=reason, loss_note=note, **before)

    def reopen(self, *, at: datetime, actor: User | None = None) -> None:
        """Open again what was won or lost, in the stage in which it was closed."""
        before = self._present()
        self._open()
        self._add_step(at, actor, **before)

    def undo_move(self, *, at: datetime, actor: User | None = None) -> None:
        """Take back the last move between two stages, as if it had been a slip of the hand."""
        slip = self.steps[-1]
        before = self._present()
        self.deal.stage = Stage(slip.from_stage or Stage.AKQUISE)
        self._add_step(at, actor, reverts=slip, origin=Origin.UNDO, **before)
        entered = [step for step in self.effective_steps() if step.from_stage != step.to_stage]
        self.deal.stage_since = entered[-1].at

    def revise(
        self,
        *,
        at: datetime,
        actor: User | None = None,
        owner: User | None = None,
        value: Decimal | None = None,
        expected_close_on: date | None = None,
    ) -> None:
        """From this moment on another owner, value or expected closing; what is not named stays."""
        self.deal.owner = owner or self.deal.owner
        self.deal.value = self.deal.value if value is None else value
        self.deal.expected_close_on = expected_close_on or self.deal.expected_close_on
        self._add_facts(at, actor)

    def name_person(self, person: Person, role: BuyingRole) -> None:
        """Give a person a role in the buying centre."""
        self.people.append(DealPerson(deal=self.deal, person=person, role=role))

    def add_member(self, user: User) -> None:
        """Let a colleague work on the deal, too."""
        self.members.append(DealMember(deal=self.deal, user=user))

    def meet(
        self,
        criterion: Criterion,
        *,
        at: datetime,
        by: User | None = None,
        evidence: str = "",
        text: str = "",
        due: datetime | None = None,
    ) -> None:
        """Note that a criterion was met."""
        self.met.append(
            CriterionMet(
                deal=self.deal, criterion=criterion, at=at, by=by, evidence=evidence, text=text, due=due
            )
        )

    def effective_steps(self) -> list[StageChange]:
        """Without slips that were undone and the rows that undid them."""
        undone = {id(step.reverts) for step in self.steps if step.reverts}
        return [step for step in self.steps if step.reverts is None and id(step) not in undone]

    def _present(self) -> dict[str, object]:
        return {"from_stage": self.deal.stage, "from_outcome": self.deal.outcome}

    def _open(self) -> None:
        self.deal.outcome, self.deal.closed_at = Outcome.OPEN, None
        self.deal.loss_reason, self.deal.loss_note = None, ""
        self.deal.won_value, self.deal.accepted_directly = None, None

    def _add_step(self, at: datetime, actor: User | None, **what: object) -> None:
        step = StageChange(
            deal=self.deal,
            seq=len(self.steps) + 1,
            to_stage=self.deal.stage,
            to_outcome=self.deal.outcome,
            owner=self.deal.owner,
            team=self.deal.owner.team,
            value=self.deal.value,
            currency=self.deal.currency,
            actor=actor,
            at=at,
            recorded_at=self._recorded_at or at,
            **{"origin": self._origin, **what},
        )
        self.steps.append(step)

    def _add_facts(self, at: datetime, actor: User | None) -> None:
        row = DealChange(
            deal=self.deal,
            seq=len(self.facts) + 1,
            owner=self.deal.owner,
            team=self.deal.owner.team,
            value=self.deal.value,
            currency=self.deal.currency,
            expected_close_on=self.deal.expected_close_on,
            actor=actor,
            at=at,
            recorded_at=self._recorded_at or at,
        )
        self.facts.append(row)


@transaction.atomic
def write_stories(stories: Iterable[DealStory]) -> None:
    """Write deals with everything that happened to them, in few statements; nothing that exists is touched.

    Their wins are marked already (`new_customers.mark_new_customers`). A generator is told batch by batch.
    """
    source = iter(stories)
    while batch := list(islice(source, BATCH)):
        _write(batch)


def _write(stories: list[DealStory]) -> None:
    Deal.objects.bulk_create(story.deal for story in stories)
    steps = [step for story in stories for step in story.steps]
    # What undoes a row needs its key.
    StageChange.objects.bulk_create((step for step in steps if step.reverts is None), batch_size=BATCH)
    StageChange.objects.bulk_create((step for step in steps if step.reverts is not None), batch_size=BATCH)
    DealChange.objects.bulk_create((row for story in stories for row in story.facts), batch_size=BATCH)
    DealPerson.objects.bulk_create((row for story in stories for row in story.people), batch_size=BATCH)
    DealMember.objects.bulk_create((row for story in stories for row in story.members), batch_size=BATCH)
    CriterionMet.objects.bulk_create((row for story in stories for row in story.met), batch_size=BATCH)
    _mirror_purchases(story.deal for story in stories)


def _mirror_purchases(deals: Iterable[Deal]) -> None:
    won = [deal for deal in deals if deal.is_won]
    mirror_many(
        companies=(deal.company_id for deal in won if deal.company_id),
        persons=(deal.person_id for deal in won if deal.person_id),
    )
