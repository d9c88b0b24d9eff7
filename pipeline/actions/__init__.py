"""Every write to the funnel: object first, the rest by keyword, the actor always named."""

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
)
from pipeline.actions.lists import keep_columns, note_export
from pipeline.actions.many import lose_deals, losses_at, undo_losses
from pipeline.actions.moving import is_undoable, lose_deal, move_deal, reopen_deal, undo_move, win_deal
from pipeline.actions.saved_views import (
    clear_start_view,
    delete_view,
    rename_view,
    replace_query,
    save_view,
    set_start_view,
    share_view,
    start_with_today,
    unshare_view,
)

__all__ = [
    "DealFacts",
    "add_member",
    "clear_start_view",
    "delete_view",
    "edit_deal",
    "facts_of",
    "hand_over_deals",
    "is_undoable",
    "keep_columns",
    "lose_deal",
    "lose_deals",
    "losses_at",
    "meet_criterion",
    "move_deal",
    "name_person",
    "note_export",
    "open_deal",
    "remove_member",
    "rename_view",
    "reopen_deal",
    "replace_query",
    "save_view",
    "set_next_step",
    "set_start_view",
    "share_view",
    "start_with_today",
    "tick_criterion",
    "undo_losses",
    "undo_move",
    "unshare_view",
    "win_deal",
    "withdraw_evidence",
    "withdraw_person",
]
