"""Deals with a past for tests: told in days, written at once."""

import random
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from pipeline.backfill import DealStory, write_stories
from pipeline.models import Criterion, Deal, LossReason, Stage
from pipeline.new_customers import mark_new_customers
from tests.factories import CompanyFactory

LAST_STAGE = 5
# What may happen to a deal, and how often.
STEPS = {"on": 9, "skip": 2, "back": 2, "lost": 3, "won": 2, "undo": 1, "owner": 1, "offer": 1}


def days_ago(days: float) -> datetime:
    """A moment in the past."""
    return timezone.now() - timedelta(days=days)


def tell(owner: User, *steps: tuple, opened: float = 100, stage: int = 1, value: int = 1000) -> DealStory:
    """Tell of one deal, opened so many days ago.

    Each step is (days ago, what): a stage to enter, "won", a reason to lose it for, "reopen", "undo", a user
    who takes it over, or "offer" for its delivery.
    """
    company = CompanyFactory()
    deal = Deal(title="Verkaufschance", company=company, owner=owner, value=Decimal(value), currency="EUR")
    story = DealStory(deal, at=days_ago(opened), stage=Stage(stage), actor=owner)
    for days, what in steps:
        _tell_step(story, days_ago(days), what)
    return story


def _tell_step(story: DealStory, at: datetime, what: int | str | User) -> None:
    if isinstance(what, User):
        story.revise(at=at, owner=what)
    elif isinstance(what, int):
        story.enter(Stage(what), at=at)
    elif what == "won":
        story.win(at=at)
    elif what == "reopen":
        story.reopen(at=at)
    elif what == "undo":
        story.undo_move(at=at)
    elif what == "offer":
        story.meet(Criterion.objects.get(code=Criterion.OFFER_DELIVERED), at=at)
    else:
        story.lose(LossReason.objects.get(code=what), at=at)


def write(*stories: DealStory) -> list[Deal]:
    """Write them down and answer the deals."""
    mark_new_customers([story.deal for story in stories])
    write_stories(stories)
    return [story.deal for story in stories]


def random_stories(owners: list[User], count: int, seed: int, *, days: float = 700) -> list[DealStory]:
    """Tell of many deals with skips, steps back, losses, wins, reopenings, undone moves and hand-overs."""
    chance = random.Random(seed)
    return [_random_story(chance, owners, days) for _ in range(count)]


def _random_story(chance: random.Random, owners: list[User], days: float) -> DealStory:
    ago = chance.uniform(0, days)
    story = tell(chance.choice(owners), opened=ago, stage=chance.choice([1, 1, 1, 2, 3]))
    while (ago := ago - chance.choice([0, chance.uniform(0, 40)])) > 0 and chance.random() < 0.9:
        at, deal = days_ago(ago), story.deal
        if deal.outcome != "open":
            if chance.random() < 0.9:
                break
            story.reopen(at=at)
            continue
        _random_step(story, chance, owners, at, chance.choices(list(STEPS), STEPS.values())[0])
    return story


def _random_step(
    story: DealStory, chance: random.Random, owners: list[User], at: datetime, what: str
) -> None:
    stage = story.deal.stage
    if what in {"on", "skip", "undo"} and stage < LAST_STAGE:
        story.enter(Stage(min(stage + (2 if what == "skip" else 1), LAST_STAGE)), at=at)
        if what == "undo":
            story.undo_move(at=at)
    elif what == "back" and stage > 1:
        story.enter(Stage(stage - 1), at=at)
    elif what == "lost":
        story.lose(chance.choice(_reasons()), at=at)
    elif what == "won":
        story.win(at=at)
    elif what == "owner":
        story.revise(at=at, owner=chance.choice(owners))
    elif what == "offer" and not story.met:
        _tell_step(story, at, "offer")


def _reasons() -> list[LossReason]:
    return list(LossReason.objects.filter(needs_note=False))
