"""The deals of the measured company: three years of them, each with its whole history."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import NamedTuple

from activities.models import Activity, FollowUp
from benchmarks import words
from benchmarks.copying import Copied, moment
from benchmarks.customers import Customer
from benchmarks.staff import Staff
from catalog.models import Product
from leads.models import Source
from pipeline.models import Criterion, CriterionMet, Deal, DealChange, DealPerson, LossReason, StageChange

DAY = 86_400.0
SPAN = 1095 * DAY
# Mean days in a stage; the share lost there; how often one goes back, skips, or is never heard of again.
STAYS = {1: 20, 2: 30, 3: 35, 4: 25, 5: 20}
LOST = {1: 0.28, 2: 0.25, 3: 0.3, 4: 0.2, 5: 0.08}
BACK, SKIPS, SILENT = 0.04, 0.06, 0.03
STARTS = (1, 1, 1, 1, 2, 2, 3)
# The measured rep has so many open deals in each stage, however many deals there are in all.
OPEN_PER_STAGE = 30
BATCH = 10_000


class Step(NamedTuple):
    """Where a deal stands from a moment on."""

    stage: int
    outcome: str
    at: float


class Teller:
    """Tells deals with their histories and writes them to their tables."""

    def __init__(self, staff: Staff, customers: list[Customer], now: datetime, rng: Random) -> None:
        self.staff, self.customers, self.rng = staff, customers, rng
        self.now, self.today = now.timestamp(), now.date()
        self.reasons = list(LossReason.objects.filter(needs_note=False).values_list("pk", flat=True))
        self.criteria = dict(Criterion.objects.filter(kind="").values_list("stage", "pk"))
        self.products = list(Product.objects.values_list("pk", flat=True))
        self.sources = list(Source.objects.values_list("pk", flat=True))
        self._make_tables()

    def tell_all(self, count: int) -> None:
        """The open deals of the measured rep, then all others."""
        deals = self._plan(count)
        for number, (rep, steps) in enumerate(deals, start=1):
            self._write(rep, steps)
            if number % BATCH == 0:
                self._copy()
        for table in self.tables:
            table.finish()

    def _make_tables(self) -> None:
        self.deals = Copied(
            Deal,
            "title company_id person_id owner_id value product_id source_id stage outcome stage_since "
            "opened_at closed_at loss_reason_id won_value is_new_customer next_step next_step_on created_at",
            **{
                "kind": "new",
                "currency": "EUR",
                "note": "",
                "loss_note": "",
                "external_id": "",
                "version": 1,
            },
        )
        self.steps = Copied(
            StageChange,
            "deal_id seq from_stage from_outcome to_stage to_outcome loss_reason_id owner_id team_id "
            "actor_id value at recorded_at",
            **{"loss_note": "", "currency": "EUR", "origin": "typed"},
        )
        self.facts = Copied(
            DealChange, "deal_id seq owner_id team_id actor_id value at recorded_at", currency="EUR"
        )
        self.met = Copied(CriterionMet, "deal_id criterion_id by_id at", evidence="", text="")
        self.people = Copied(DealPerson, "deal_id person_id", role="decision_maker")
        self.entries = Copied(
            Activity,
            "deal_id company_id person_id author_id text at created_at",
            **{
                "kind": "call",
                "result": "decision_maker",
                "direction": "out",
                "status": "",
                "place": "",
                "version": 1,
            },
        )
        self.follow_ups = Copied(
            FollowUp, "deal_id company_id person_id owner_id text due_on created_at", kind="call", version=1
        )
        self.tables = [
            self.deals, self.steps, self.facts, self.met, self.people, self.entries, self.follow_ups,
        ]  # fmt: skip

    def _plan(self, count: int) -> Iterator[tuple[int, list[Step]]]:
        for stage in range(1, 6):
            for _ in range(OPEN_PER_STAGE):
                opened = self.now - 90 * DAY + self.rng.random() * DAY
                yield 0, [Step(on, "open", opened + (on - 1) * 15 * DAY) for on in range(1, stage + 1)]
        for _ in range(count - 5 * OPEN_PER_STAGE):
            rep = self.rng.randrange(1, len(self.staff.reps))
            yield rep, self._walk(self.now - self.rng.random() * SPAN, self.staff.losing[rep])

    def _walk(self, at: float, losing: float) -> list[Step]:
        """From the opening to the end, or to now."""
        stage = self.rng.choice(STARTS)
        steps = [Step(stage, "open", at)]
        while self.rng.random() > SILENT:
            at += self.rng.expovariate(1 / STAYS[stage]) * DAY
            dice = self.rng.random()
            if at >= self.now:
                break
            if dice < LOST[stage] * losing:
                return [*steps, Step(stage, "lost", at)]
            if dice > 1 - BACK and stage > 1:
                stage -= 1
            elif stage == 5:
                return [*steps, Step(stage, "won", at)]
            else:
                stage = min(stage + (2 if dice > 1 - BACK - SKIPS else 1), 5)
            steps.append(Step(stage, "open", at))
        return steps

    def _write(self, rep: int, steps: list[Step]) -> None:
        (owner_id, team_id), choice = self.staff.reps[rep], self.rng.choice
        company_id, person_id = choice(self.customers)
        value = f"{self.rng.lognormvariate(9, 1):.2f}"
        last, opened_at = steps[-1], moment(steps[0].at)
        reason = choice(self.reasons) if last.outcome == "lost" else None
        text, due_on = self._next_step(last)
        deal_id = self.deals.add(
            f"{choice(words.SUBJECTS)} {choice(words.OCCASIONS)}", company_id, person_id, owner_id, value,
            choice(self.products), choice(self.sources), last.stage, last.outcome, _entered(steps), opened_at,
            None if last.outcome == "open" else moment(last.at), reason,
            *((value, True) if last.outcome == "won" else (None, None)), text, due_on, opened_at,
        )  # fmt: skip
        credit = (owner_id, team_id, owner_id)
        self._write_steps(deal_id, steps, (reason, *credit, value))
        self.facts.add(deal_id, 1, *credit, value, opened_at, opened_at)
        if company_id:
            self.people.add(deal_id, person_id)
        links = (deal_id, company_id, person_id, owner_id)
        self.entries.add(*links, choice(words.NOTES), opened_at, opened_at)
        if last.outcome == "open":
            self.entries.add(*links, choice(words.NOTES), moment(last.at), moment(last.at))
        if due_on:
            self.follow_ups.add(*links, text, due_on, opened_at)

    def _write_steps(self, deal_id: int, steps: list[Step], facts: tuple) -> None:
        reason, owner_id, *_rest = facts
        before: Step | None = None
        for seq, step in enumerate(steps, start=1):
            at = moment(step.at)
            came_from = (before.stage, before.outcome) if before else (None, "")
            is_lost = step.outcome == "lost"
            row = (step.stage, step.outcome, reason if is_lost else None, *facts[1:], at, at)
            self.steps.add(deal_id, seq, *came_from, *row)
            before = step
        for stage in range(steps[0].stage, max(step.stage for step in steps)):
            self.met.add(deal_id, self.criteria[stage], owner_id, moment(steps[-1].at))

    def _next_step(self, last: Step) -> tuple[str, date | None]:
        if last.outcome != "open" or self.rng.random() < 0.1:
            return "", None
        return self.rng.choice(words.NEXT_STEPS), self.today + timedelta(days=self.rng.randrange(-5, 25))

    def _copy(self) -> None:
        for table in self.tables:
            table.copy()


def _entered(steps: list[Step]) -> str:
    """The moment from which on it stands in its last stage."""
    entered = steps[0]
    for before, step in pairwise(steps):
        if step.stage != before.stage:
            entered = step
    return moment(entered.at)
