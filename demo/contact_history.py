"""What the demo company's people did with each deal: calls, visits, notes, what is due, what became clear."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from activities.models import Activity, FollowUp
from contacts.models import BuyingRole
from demo import phrases
from demo.customers import Customer
from demo.working_days import after, is_working_day, working_day_from
from pipeline.backfill import DealStory
from pipeline.models import Criterion, Outcome, Stage

CRITERIA = {
    Stage.AKQUISE: Criterion.DECISION_MAKER_KNOWN,
    Stage.KONTAKT: Criterion.APPOINTMENT_AGREED,
    Stage.ANGEBOT: Criterion.OFFER_DELIVERED,
    Stage.VERHANDLUNG: Criterion.TERMS_SETTLED,
    Stage.ABSCHLUSS: Criterion.ORDER_CONFIRMED,
}
CALL_RESULTS: dict[Stage, dict[str, int]] = {
    Stage.AKQUISE: {"not_reached": 35, "front_desk": 40, "decision_maker": 15, "call_back": 10},
    Stage.KONTAKT: {
        "not_reached": 35,
        "front_desk": 15,
        "decision_maker": 25,
        "call_back": 15,
        "objection": 10,
    },
    Stage.ANGEBOT: {"not_reached": 25, "decision_maker": 40, "objection": 20, "call_back": 15},
    Stage.VERHANDLUNG: {"decision_maker": 50, "objection": 35, "not_reached": 15},
    Stage.ABSCHLUSS: {"decision_maker": 60, "not_reached": 25, "call_back": 15},
}
# How many days lie between two contacts, about.
RHYTHM_DAYS = 5.0
CONTACTS_AT_MOST = 5
LEFT_OUT = 0.06
IN_CALLER = 0.12


@dataclass(frozen=True)
class Stay:
    """A deal's time in a stage, and whether it went on from there."""

    stage: Stage
    began_at: datetime
    ended_at: datetime
    next_stage: int | None
    outcome: str


class ContactHistory:
    """Everything beside the funnel's own history; rows are collected unsaved."""

    def __init__(self, criteria: dict[str, Criterion], today: date, end: datetime, rng: Random) -> None:
        self.criteria, self.today, self.end, self.rng = criteria, today, end, rng
        self.activities: list[Activity] = []
        self.follow_ups: list[FollowUp] = []

    def accompany(self, story: DealStory, customer: Customer) -> None:
        """Write down what was done along one deal's way, and plan what comes next."""
        self.story, self.customer = story, customer
        self.met: set[str] = set()
        self.planned: list[FollowUp] = []
        if customer.company is None:
            self._know_decision_maker(story.deal.opened_at)
        for stay in stays(story, self.end):
            self._contacts(stay)
            self._facts(stay)
        if story.deal.is_open:
            self._plan_next_step()
        self._mirror_next_step()

    def _contacts(self, stay: Stay) -> None:
        """A few calls and notes, spread over the stay."""
        moment = stay.began_at
        for _ in range(self.rng.randrange(1, CONTACTS_AT_MOST + 1)):
            moment = after(moment, self.rng.uniform(0.2, 2) * RHYTHM_DAYS, self.rng)
            if moment >= stay.ended_at:
                return
            how = self.rng.random()
            if how < 0.2:
                self._note(self.rng.choice(phrases.STAGE_NOTES[stay.stage]), moment)
            elif how < 0.26 and stay.stage >= Stage.ANGEBOT:
                self._letter(moment)
            elif how < 0.34 and stay.stage >= Stage.ANGEBOT:
                self._meeting(moment)
            else:
                results = CALL_RESULTS[stay.stage]
                self._call(self.rng.choices(list(results), weights=list(results.values()))[0], moment)

    def _facts(self, stay: Stay) -> None:
        """Meet the criteria of the stages left forward, mostly, and some of the stage it stands in."""
        if stay.outcome == Outcome.WON:
            self._meet(stay.stage, stay.ended_at)
            self._meet(Stage.ABSCHLUSS, stay.ended_at)
            return
        if stay.next_stage is not None:
            for stage in range(stay.stage, stay.next_stage):
                if self.rng.random() > LEFT_OUT:
                    self._meet(Stage(stage), stay.ended_at)
            return
        if stay.outcome == Outcome.LOST:
            self._last_call(stay.ended_at)
        is_long = stay.ended_at - stay.began_at > timedelta(days=6)
        if is_long and stay.stage < Stage.ABSCHLUSS and self.rng.random() < 0.45:
            self._meet(stay.stage, stay.began_at + (stay.ended_at - stay.began_at) * 0.7)

    def _meet(self, stage: Stage, moment: datetime) -> None:
        code = CRITERIA[stage]
        if code in self.met:
            return
        if stage == Stage.AKQUISE:
            self._know_decision_maker(moment)
        elif stage == Stage.KONTAKT:
            self._agree_appointment(moment)
        else:
            self._meet_plainly(code, moment)

    def _meet_plainly(
        self, code: str, moment: datetime, *, evidence: str = "", due: datetime | None = None
    ) -> None:
        self.met.add(code)
        by = self._owner_at(moment)
        self.story.meet(self.criteria[code], at=moment, by=by, evidence=evidence, due=due)

    def _know_decision_maker(self, moment: datetime) -> None:
        for person, role in self.customer.people:
            if role == BuyingRole.DECISION_MAKER or self.rng.random() < 0.7:
                self.story.name_person(person, role)
        evidence = f"person-{self.customer.decision_maker.pk}"
        self._meet_plainly(Criterion.DECISION_MAKER_KNOWN, moment, evidence=evidence)

    def _agree_appointment(self, moment: datetime) -> None:
        agreed_at = moment - timedelta(minutes=4)
        self._call(Activity.Result.APPOINTMENT, agreed_at, with_decision_maker=True)
        begins = self._appointment(after(moment, self.rng.uniform(3, 13), self.rng))
        self._meet_plainly(Criterion.APPOINTMENT_AGREED, moment, due=begins)

    def _last_call(self, moment: datetime) -> None:
        """What was heard when the deal was lost, where the reason says so."""
        reason = self.story.deal.loss_reason
        if reason and reason.code in (Activity.Result.NO_NEED, Activity.Result.NOT_REACHED):
            self._call(reason.code, moment - timedelta(minutes=3))

    def _appointment(self, moment: datetime) -> datetime:
        """One appointment and, where it failed, the next; answer when the last one begins."""
        begins = moment.replace(minute=moment.minute // 15 * 15)
        status = self._status(begins)
        appointment = self._activity(
            Activity.Kind.APPOINTMENT,
            begins,
            person=self.customer.decision_maker,
            status=status,
            ends_at=begins + timedelta(minutes=self.rng.choice((45, 60, 90))),
            place=self._place(),
            text=self.rng.choice(phrases.VISIT_NOTES) if status == Activity.Status.HELD else "",
        )
        if status == Activity.Status.AGREED:
            self._plan_visit(appointment)
        if begins < self.end and status != Activity.Status.HELD and self.story.deal.is_open:
            return self._appointment(after(begins, self.rng.uniform(4, 10), self.rng))
        return begins

    def _status(self, begins: datetime) -> Activity.Status:
        closed_at = self.story.deal.closed_at
        if closed_at and begins > closed_at:
            return Activity.Status.CANCELLED
        if begins > self.end:
            return Activity.Status.AGREED
        kinds = [Activity.Status.HELD, Activity.Status.NO_SHOW, Activity.Status.CANCELLED]
        return self.rng.choices(kinds, weights=[90, 6, 4])[0]

    def _plan_visit(self, appointment: Activity) -> None:
        """An agreed appointment is the next step of its day."""
        begins = timezone.localtime(appointment.at)
        self._plan(
            FollowUp.Kind.VISIT,
            "Vor-Ort-Termin",
            begins.date(),
            due_time=begins.time(),
            appointment=appointment,
        )

    def _call(self, result: str, at: datetime, *, with_decision_maker: bool = False) -> None:
        is_reached = with_decision_maker or result in ("decision_maker", "objection", "no_need")
        is_inbound = is_reached and self.rng.random() < IN_CALLER
        self._activity(
            Activity.Kind.CALL,
            at,
            person=self.customer.decision_maker if is_reached or self.customer.company is None else None,
            result=result,
            direction=Activity.Direction.INBOUND if is_inbound else Activity.Direction.OUTBOUND,
            text=self.rng.choice(phrases.CALL_NOTES[result]),
            duration_minutes=self.rng.randint(3, 18) if is_reached else None,
        )
        if self.rng.random() < 0.3:
            self._done_follow_up(at)

    def _note(self, text: str, at: datetime) -> None:
        self._activity(Activity.Kind.NOTE, at, person=None, text=text)

    def _letter(self, at: datetime) -> None:
        subject, text = self.rng.choice(phrases.LETTERS)
        self._activity(
            Activity.Kind.LETTER,
            at,
            person=self.customer.decision_maker,
            direction=Activity.Direction.OUTBOUND,
            subject=subject,
            text=text,
        )

    def _meeting(self, at: datetime) -> None:
        """Half an hour on the screen."""
        self._activity(
            Activity.Kind.MEETING,
            at,
            person=self.customer.decision_maker,
            status=Activity.Status.HELD,
            ends_at=at + timedelta(minutes=30),
            text=self.rng.choice(phrases.MEETING_NOTES),
        )

    def _activity(self, kind: Activity.Kind, at: datetime, **what: object) -> Activity:
        deal = self.story.deal
        author = self._owner_at(at)
        row = Activity(kind=kind, at=at, author=author, company=deal.company, deal=deal, **what)
        self.activities.append(row)
        return row

    def _done_follow_up(self, at: datetime) -> None:
        stage = Stage(self.story.deal.stage)
        kind, text = self.rng.choice(phrases.NEXT_STEPS[stage])
        owner = self._owner_at(at)
        self._follow_up(kind, text, timezone.localdate(at), owner=owner, done_at=at, done_by=owner)

    def _plan_next_step(self) -> None:
        """Nothing planned for a few, some overdue or due today, most in the next weeks."""
        when = self.rng.choices(("none", "overdue", "today", "planned"), weights=[12, 16, 14, 58])[0]
        if when == "none":
            return
        kind, text = self.rng.choice(phrases.NEXT_STEPS[Stage(self.story.deal.stage)])
        self._plan(kind, text, self._due_on(when), due_time=self._time_of_day(kind))

    def _plan(self, kind: str, text: str, due_on: date, **what: object) -> None:
        self.planned.append(self._follow_up(kind, text, due_on, owner=self.story.deal.owner, **what))

    def _mirror_next_step(self) -> None:
        if self.planned:
            first = min(self.planned, key=lambda step: (step.due_on, step.due_time or time.max))
            self.story.deal.next_step, self.story.deal.next_step_on = first.text, first.due_on

    def _due_on(self, when: str) -> date:
        days = {"overdue": -self.rng.randrange(1, 12), "today": 0, "planned": self.rng.randrange(1, 22)}[when]
        due_on = self.today + timedelta(days=days)
        if when == "planned":
            return working_day_from(due_on)
        while when == "overdue" and not is_working_day(due_on):
            due_on -= timedelta(days=1)
        return due_on

    def _time_of_day(self, kind: str) -> time | None:
        if kind == FollowUp.Kind.VISIT or self.rng.random() < 0.3:
            return time(self.rng.randrange(8, 17), self.rng.choice((0, 15, 30, 45)))
        return None

    def _follow_up(self, kind: str, text: str, due_on: date, **what: object) -> FollowUp:
        deal = self.story.deal
        person = self.customer.decision_maker if self.customer.company is None else None
        row = FollowUp(
            kind=kind, text=text, due_on=due_on, company=deal.company, person=person, deal=deal, **what
        )
        self.follow_ups.append(row)
        return row

    def _owner_at(self, moment: datetime) -> User:
        rows = [row for row in self.story.facts if row.at <= moment] or self.story.facts[:1]
        return rows[-1].owner

    def _place(self) -> str:
        return "beim Kunden" if self.customer.company else "zu Hause"


def stays(story: DealStory, end: datetime) -> Iterator[Stay]:
    """The times a deal spent in its stages; slips that were undone do not count."""
    rows = story.effective_steps()
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if row.to_outcome != Outcome.OPEN:
            continue
        ended_at = following.at if following else end
        is_moved = following is not None and following.to_outcome == Outcome.OPEN
        yield Stay(
            stage=Stage(row.to_stage),
            began_at=row.at,
            ended_at=ended_at,
            next_stage=following.to_stage if following and is_moved else None,
            outcome=following.to_outcome if following else Outcome.OPEN,
        )
