"""What the demo company's managers said of deals: committed or excluded, most of them decided by now."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from pipeline.models import Deal, Stage
from reporting.models import DealJudgement

Stance = DealJudgement.Stance
REASONS = {
    Stance.COMMITTED: (
        "Geschäftsführung hat mündlich zugesagt, Bestellung kommt nach der Gremiensitzung",
        "Budget ist freigegeben, es fehlt nur die Unterschrift",
        "Kunde hat den Liefertermin schon eingeplant",
    ),
    Stance.EXCLUDED: (
        "Ansprechpartner hat das Haus verlassen, Nachfolge ungeklärt",
        "Fördermittel sind abgelehnt, das Vorhaben ruht",
        "Kunde vergleicht nur Preise, der Auftrag geht an den bisherigen Lieferanten",
    ),
}
# Of the deals that came to Verhandlung: how many a manager says something of, and how often that is right.
JUDGED, RIGHT, OPEN_JUDGED = 0.12, 0.8, 7
# A judgement is made so many days before the deal is decided.
DAYS_BEFORE = (6, 30)


def judge_deals(deals: Iterable[Deal], end: datetime, seed: int) -> None:
    """Commit some deals and exclude others, in the past and today."""
    rng = Random(f"{seed} judgements")  # noqa: S311 - plausible, not secret
    late = [deal for deal in deals if deal.stage >= Stage.VERHANDLUNG]
    rows = [*_of_closed(late, rng), *_of_open(late, end, rng)]
    DealJudgement.objects.bulk_create(sorted(rows, key=lambda row: row.at))


def _of_closed(deals: list[Deal], rng: Random) -> Iterator[DealJudgement]:
    for deal in deals:
        if deal.closed_at is None or rng.random() > JUDGED:
            continue
        at = deal.closed_at - timedelta(days=rng.uniform(*DAYS_BEFORE))
        if at > deal.opened_at:
            says_won = deal.is_won == (rng.random() < RIGHT)
            yield _judgement(deal, Stance.COMMITTED if says_won else Stance.EXCLUDED, at, rng)


def _of_open(deals: list[Deal], end: datetime, rng: Random) -> Iterator[DealJudgement]:
    still_open = [deal for deal in deals if deal.is_open]
    for deal in rng.sample(still_open, min(OPEN_JUDGED, len(still_open))):
        stance = rng.choice([Stance.COMMITTED, Stance.COMMITTED, Stance.EXCLUDED])
        at = end - timedelta(days=rng.uniform(0, 9))
        yield _judgement(deal, stance, max(at, deal.opened_at), rng)


def _judgement(deal: Deal, stance: str, at: datetime, rng: Random) -> DealJudgement:
    return DealJudgement(
        deal=deal,
        stance=stance,
        reason=rng.choice(REASONS[Stance(stance)]),
        owner=deal.owner,
        team=deal.owner.team,
        by=_manager_of(deal.owner),
        at=at,
    )


def _manager_of(rep: User) -> User:
    return rep.team.managers.order_by("pk").first() or rep
