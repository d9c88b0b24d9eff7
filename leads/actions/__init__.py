"""Every write to leads."""

from leads.actions.assigning import assign_lead
from leads.actions.receiving import LeadFacts, TouchFacts, add_touch, receive_lead
from leads.actions.states import change_state, reopen_lead, undo_state

__all__ = [
    "LeadFacts",
    "TouchFacts",
    "add_touch",
    "assign_lead",
    "change_state",
    "receive_lead",
    "reopen_lead",
    "undo_state",
]
