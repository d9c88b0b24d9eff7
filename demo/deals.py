"""How the deals of the demo company went: each walks down the funnel as far as it came."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from accounts.models import User
from demo import phrases
from demo.company import Ware
from demo.customers import Customer
from demo.staff import Rep
from demo.working_days import after, is_working_day, moment_on
from pipeline.backfill import DealStory
from pipeline.models import Deal, DealKind, LossReason, Stage

# How likely a deal gets out of each stage, and about how many days that takes (median).
GETS_ON = {1: 0.62, 2: 0.66, 3: 0.70, 4: 0.76, 5: 0.91}
DAYS = {1: 11, 2: 18, 3: 22, 4: 18, 5: 13}
SPREAD = 0.75
# A deal that will be lost lingers.
LINGERS = 1.4
# How busy the first day was beside the last one: the company has grown.
BEGAN_WITH = 0.65
DISCOUNT = (Decimal("0.94"), Decimal("0.96"), Decimal("0.97"), Decimal("0.98"), Decimal(1))


@dataclass(frozen=True)
class Chances:
    """How often something out of the ordinary happens."""

    slip: float = 0.02
    skip: float = 0.06
    accepted_directly: float = 0.22
    back: float = 0.08
    won_at_once: float = 0.06
    reopened: float = 0.07
    by_manager: float = 0.04


CHANCES = Chances()


class DealWalk:
    """One deal on its way; `end` is the last moment of the story, later ones have not happened yet."""

    def __init__(
        self,
        deal: Deal,
        rep: Rep,
        at: datetime,
        end: datetime,
        reasons: dict[str, LossReason],
        rng: Random,
    ) -> None:
        self.rep, self.end, self.reasons, self.rng = rep, end, reasons, rng
        self.now = at
        self.story = DealStory(deal, at=at, actor=rep.user)
        self.detours = 0

    def walk(self) -> DealStory:
        """Tell the story up to its end, or to where the deal stands now."""
        while self.story.deal.is_open and self._take_a_step():
            pass
        if self.story.deal.is_open:
            self._hand_over_if_left(self.end)
            self._postpone_closing()
        return self.story

    def _take_a_step(self) -> bool:
        stage = Stage(self.story.deal.stage)
        gets_on = self.rng.random() < self._chance(stage)
        days = DAYS[stage] * self.rng.lognormvariate(0, SPREAD) * (1 if gets_on else LINGERS)
        at = after(self.now, days, self.rng)
        if at > self.end:
            return False
        self._hand_over_if_left(at)
        self.now = at
        if gets_on:
            self._get_on(stage, at)
        else:
            self._lose(stage, at)
        return True

    def _chance(self, stage: Stage) -> float:
        odds = GETS_ON[stage] / (1 - GETS_ON[stage]) * self.rep.luck
        if self.story.deal.kind != DealKind.NEW:
            odds *= 1.5
        return odds / (1 + odds)

    def _get_on(self, stage: Stage, at: datetime) -> None:
        actor = self._actor()
        if stage == Stage.ABSCHLUSS or (stage == Stage.VERHANDLUNG and self._happens(CHANCES.won_at_once)):
            self._settle_price(stage, at)
            self.story.win(at=at, actor=actor)
            return
        if stage > Stage.AKQUISE and self.detours == 0 and self._happens(CHANCES.back):
            self.detours += 1
            self.story.enter(Stage(stage - 1), at=at, actor=actor)
            return
        to = self._next_stage(stage)
        if self._happens(CHANCES.slip):
            slipped_at = at - timedelta(minutes=5)
            self.story.enter(Stage(stage + 1), at=slipped_at, actor=actor)
            self.story.undo_move(at=slipped_at + timedelta(seconds=self.rng.randrange(4, 90)), actor=actor)
        self._settle_price(stage, at)
        self.story.enter(to, at=at, actor=actor)

    def _next_stage(self, stage: Stage) -> Stage:
        if stage == Stage.AKQUISE and self._happens(CHANCES.skip):
            return Stage.ANGEBOT
        if stage == Stage.ANGEBOT and self._happens(CHANCES.accepted_directly):
            return Stage.ABSCHLUSS
        return Stage(stage + 1)

    def _settle_price(self, stage: Stage, at: datetime) -> None:
        """The offer says what it really costs; the negotiation takes something off."""
        value = self.story.deal.value
        if stage == Stage.KONTAKT and self._happens(0.6):
            written = round_price(value * Decimal(self.rng.randrange(80, 125)) / 100)
            closing = timezone.localdate(at) + timedelta(days=self.rng.randrange(30, 60))
            self.story.revise(at=at, actor=self._owner(), value=written, expected_close_on=closing)
        if stage == Stage.VERHANDLUNG:
            factor = self.rng.choice(DISCOUNT)
            if factor != 1:
                self.story.revise(
                    at=at, actor=self._owner(), value=(value * factor).quantize(Decimal("0.01"))
                )

    def _lose(self, stage: Stage, at: datetime) -> None:
        losses = phrases.LOSSES[stage]
        code = self.rng.choices(list(losses), weights=list(losses.values()))[0]
        note = self.rng.choice(phrases.LOSS_NOTES) if code == "other" else ""
        self.story.lose(self.reasons[code], at=at, note=note, actor=self._actor())
        if self.detours < 2 and self._happens(CHANCES.reopened):
            again = after(at, self.rng.uniform(20, 70), self.rng)
            if again <= self.end:
                self.detours += 2
                self._hand_over_if_left(again)
                self.now = again
                self.story.reopen(at=again, actor=self._owner())

    def _hand_over_if_left(self, moment: datetime) -> None:
        left_at, successor = self.rep.until, self.rep.successor
        if left_at and successor and self._owner() == self.rep.user and moment > left_at > self.now:
            self.story.revise(at=left_at, actor=self.rep.manager, owner=successor)

    def _postpone_closing(self) -> None:
        """Most people move the date they expect when it has passed."""
        today = timezone.localdate(self.end)
        expected = self.story.deal.expected_close_on
        last = max(self.story.facts[-1].at, self.now)
        at = last + (self.end - last) * 0.8
        if expected and expected <= today and self._happens(0.75) and is_working_day(at.date()):
            later = today + timedelta(days=self.rng.randrange(7, 60))
            self.story.revise(at=at, actor=self._owner(), expected_close_on=later)

    def _owner(self) -> User:
        return self.story.deal.owner

    def _actor(self) -> User:
        return self.rep.manager if self._happens(CHANCES.by_manager) else self._owner()

    def _happens(self, chance: float) -> bool:
        return self.rng.random() < chance


def plan_deal(rep: Rep, customer: Customer, ware: Ware, at: datetime, rng: Random) -> Deal:
    """A deal as it is opened, unsaved; product and source are set by the caller."""
    low, high = ware.worth
    if customer.company is None:
        high = min(high, 40_000)
    title = rng.choice(ware.titles).format(n=rng.randrange(1, 5), k=rng.randrange(6, 40) * 10)
    expected = timezone.localdate(at) + timedelta(days=rng.randrange(50, 110))
    return Deal(
        title=title,
        company=customer.company,
        person=customer.decision_maker if customer.company is None or rng.random() < 0.5 else None,
        owner=rep.user,
        kind=_kind(customer, ware, at),
        value=round_price(Decimal(low) + Decimal(rng.betavariate(1.3, 2.6)) * (high - low)),
        currency=customer.currency,
        expected_close_on=expected if rng.random() < 0.8 else None,
    )


def opening_moments(since: date, end: datetime, count: int, rng: Random) -> list[datetime]:
    """When deals were opened: on working days, fewer in August and before Christmas, ever more; in order."""
    length = (end.date() - since).days
    days = [since + timedelta(days=day) for day in range(length)]
    days = [day for day in days if is_working_day(day)]
    weights = [_season(day) * (BEGAN_WITH + (1 - BEGAN_WITH) * (day - since).days / length) for day in days]
    return sorted(moment_on(day, rng) for day in rng.choices(days, weights=weights, k=count))


def round_price(amount: Decimal) -> Decimal:
    """As people estimate: two or three leading digits."""
    step = Decimal(1000 if amount >= 50_000 else 500 if amount >= 10_000 else 50)
    return max(step, (amount / step).quantize(Decimal(1)) * step)


def _season(day: date) -> float:
    return {8: 0.6, 12: 0.7}.get(day.month, 1.0)


def _kind(customer: Customer, ware: Ware, at: datetime) -> DealKind:
    if ware.group == "Service":
        return DealKind.SERVICE
    has_bought = any(moment < at for moment in customer.bought_at)
    return DealKind.EXISTING if has_bought else DealKind.NEW
