"""What follows from an offer: the deal moves on because of a fact, so nobody is asked about criteria."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import events
from pipeline.actions.criteria import meet_criterion
from pipeline.actions.history import lock
from pipeline.actions.moving import enter, was_negotiated
from pipeline.errors import DealClosed
from pipeline.models import Criterion, Deal, Origin, Stage


@transaction.atomic
def advance_deal(deal: Deal, to: Stage, *, actor: User | None) -> Deal:
    """Move an open deal on to a stage that it has reached by a fact; one that is there or beyond stays.

    Raises DealClosed.
    """
    deal = lock(deal)
    if not deal.is_open:
        raise DealClosed(_("This deal is already closed."))
    if deal.stage < to:
        before = deal.stage
        enter(deal, to, actor=actor, origin=Origin.OFFER)
        events.record("deal.moved", deal, actor=actor, from_stage=int(before), to_stage=int(to))
    return deal


@transaction.atomic
def settle_terms(deal: Deal, *, actor: User | None, evidence: str = "") -> Deal:
    """The customer agreed: the deal is in Abschluss, and says whether it got there without negotiating.

    Raises DealClosed.
    """
    deal = lock(deal)
    directly = not was_negotiated(deal)
    deal = advance_deal(deal, Stage.ABSCHLUSS, actor=actor)
    meet_criterion(deal, Criterion.TERMS_SETTLED, actor=actor, evidence=evidence)
    deal.accepted_directly = directly
    deal.save(update_fields=["accepted_directly"])
    return deal
