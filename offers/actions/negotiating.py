"""Negotiating: rounds with what was asked for and given, what became of it, and where we walk away."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from core import events
from core.form_keys import wait_for_twin
from offers.errors import NotWithCustomer, PointForeign, PointSettled, TooManyRounds
from offers.models import NegotiationGround, NegotiationPoint, NegotiationRound, OfferState, OfferVersion
from pipeline.actions import advance_deal
from pipeline.models import Deal, Stage

MOST_ROUNDS = 100

Move, State = NegotiationPoint.Move, NegotiationPoint.State


@dataclass(frozen=True)
class PointFacts:
    """One thing that is wanted or given; `answers` is the demand of the other side it is given for."""

    kind: str
    text: str
    move: str = Move.DEMAND
    amount: Decimal | None = None
    in_return_for: NegotiationPoint | None = None


@dataclass(frozen=True)
class RoundFacts:
    """Whose move it was, about which version, and what was said."""

    side: str
    points: Sequence[PointFacts]
    version: OfferVersion | None = None
    note: str = ""


@dataclass(frozen=True)
class GroundFacts:
    """What we know and want."""

    walk_away_value: Decimal | None = None
    walk_away_note: str = ""
    deciders: str = ""
    competitors: str = ""


@transaction.atomic
def add_round(
    deal: Deal, facts: RoundFacts, *, actor: User | None, form_key: UUID | None = None
) -> NegotiationRound:
    """Note a round; the first one moves the deal to Verhandlung. The same `form_key` again answers its round.

    `actor` is None when the customer typed it on the page of the offer, which then has to be theirs still.
    Raises NotWithCustomer, PointForeign, TooManyRounds, DealClosed.
    """
    if form_key is not None:
        wait_for_twin(form_key)
        if (already := NegotiationRound.objects.filter(form_key=form_key).first()) is not None:
            return already
    deal = advance_deal(deal, Stage.VERHANDLUNG, actor=actor)
    if actor is None:
        _refuse_not_theirs(facts.version)
    _refuse_foreign(deal, facts)
    highest = deal.rounds.aggregate(highest=Max("number"))["highest"] or 0
    if highest >= MOST_ROUNDS:
        raise TooManyRounds

    made = NegotiationRound.objects.create(
        deal=deal,
        number=highest + 1,
        side=facts.side,
        version=facts.version,
        note=facts.note.strip(),
        noted_by=actor,
        form_key=form_key,
    )
    NegotiationPoint.objects.bulk_create(_rows(made, facts.points))
    _agree_what_was_given(facts.points, actor=actor)
    events.record("negotiation.round_added", made, actor=actor, deal=deal.pk, side=str(facts.side))
    return made


@transaction.atomic
def settle_point(point: NegotiationPoint, state: str, *, actor: User) -> NegotiationPoint:
    """Note what became of a demand; the same again is a no-op. Raises PointSettled for what was given."""
    point = NegotiationPoint.objects.select_for_update(of=("self",)).select_related("round").get(pk=point.pk)
    if point.move == Move.CONCESSION:
        raise PointSettled
    if point.state == state:
        return point
    _set_state(point, state, actor=actor)
    point.save(update_fields=["state", "settled_at", "settled_by"])
    events.record("negotiation.point_settled", point, actor=actor, deal=point.round.deal_id, state=str(state))
    return point


@transaction.atomic
def set_ground(deal: Deal, facts: GroundFacts, *, actor: User) -> NegotiationGround:
    """Keep where we walk away, who decides there and who else offers."""
    ground, _is_new = NegotiationGround.objects.update_or_create(
        deal=deal,
        defaults={
            "walk_away_value": facts.walk_away_value,
            "walk_away_note": facts.walk_away_note.strip(),
            "deciders": facts.deciders.strip(),
            "competitors": facts.competitors.strip(),
        },
    )
    events.record("negotiation.ground_set", ground, actor=actor, deal=deal.pk)
    return ground


def _refuse_not_theirs(version: OfferVersion | None) -> None:
    if version is None or not OfferVersion.objects.filter(pk=version.pk, state=OfferState.SENT).exists():
        raise NotWithCustomer


def _refuse_foreign(deal: Deal, facts: RoundFacts) -> None:
    """What is answered, and the version it is about, belong to this deal."""
    answered = [point.in_return_for for point in facts.points if point.in_return_for is not None]
    if any(point.round.deal_id != deal.pk for point in answered):
        raise PointForeign
    if facts.version is not None and facts.version.offer.deal_id != deal.pk:
        raise PointForeign


def _rows(made: NegotiationRound, points: Sequence[PointFacts]) -> list[NegotiationPoint]:
    return [
        NegotiationPoint(
            round=made,
            kind=point.kind,
            move=point.move,
            text=point.text.strip(),
            amount=point.amount,
            in_return_for=point.in_return_for,
            state=State.AGREED if point.move == Move.CONCESSION else State.OPEN,
        )
        for point in points
    ]


def _agree_what_was_given(points: Sequence[PointFacts], *, actor: User | None) -> None:
    """A demand something is given for is met by it, where it is about the same."""
    for point in points:
        met = point.in_return_for
        if met is None or point.move != Move.CONCESSION or point.kind != met.kind or met.state != State.OPEN:
            continue
        _set_state(met, State.AGREED, actor=actor)
        met.save(update_fields=["state", "settled_at", "settled_by"])


def _set_state(point: NegotiationPoint, state: str, *, actor: User | None) -> None:
    point.state = state
    point.settled_at, point.settled_by = (None, None) if state == State.OPEN else (timezone.now(), actor)
