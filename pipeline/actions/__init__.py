"""Every write to the funnel: object first, the rest by keyword, the actor always named."""

from pipeline.actions.advancing import advance_deal, settle_terms
from pipeline.actions.criteria import (
    meet_criterion,
    name_person,
    tick_criterion,
    withdraw_evidence,
    withdraw_person,
)
from pipeline.actions.keeping import (
    DealFacts,
    add_member,
    edit_deal,
    facts_of,
    hand_over_deals,
    open_deal,
    remove_member,
    set_next_step,
    set_recurring,
)
from pipeline.actions.many import lose_deals, losses_at, undo_losses
from pipeline.actions.moving import is_undoable, lose_deal, move_deal, reopen_deal, undo_move, win_deal

__all__ = [
    "DealFacts",
    "add_member",
    "advance_deal",
    "edit_deal",
    "facts_of",
    "hand_over_deals",
    "is_undoable",
    "lose_deal",
    "lose_deals",
    "losses_at",
    "meet_criterion",
    "move_deal",
    "name_person",
    "open_deal",
    "remove_member",
    "reopen_deal",
    "set_next_step",
    "set_recurring",
    "settle_terms",
    "tick_criterion",
    "undo_losses",
    "undo_move",
    "win_deal",
    "withdraw_evidence",
    "withdraw_person",
]
