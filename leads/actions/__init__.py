"""Every write to leads."""

from leads.actions.arriving import overrule_recognition, see_recognition, take_inquiry
from leads.actions.assigning import assign_lead
from leads.actions.learning import learn_chances, state_chance
from leads.actions.many import disqualify_leads, hand_over_leads, undo_disqualified
from leads.actions.receiving import LeadFacts, TouchFacts, add_touch, receive_lead
from leads.actions.scoring import add_score_rule, edit_score_rule, score_leads
from leads.actions.states import change_state, reopen_lead, undo_state
from leads.actions.working import LeadLinks, edit_lead, link_lead, note_contact, set_next_step

__all__ = [
    "LeadFacts",
    "LeadLinks",
    "TouchFacts",
    "add_score_rule",
    "add_touch",
    "assign_lead",
    "change_state",
    "disqualify_leads",
    "edit_lead",
    "edit_score_rule",
    "hand_over_leads",
    "learn_chances",
    "link_lead",
    "note_contact",
    "overrule_recognition",
    "receive_lead",
    "reopen_lead",
    "score_leads",
    "see_recognition",
    "set_next_step",
    "state_chance",
    "take_inquiry",
    "undo_disqualified",
    "undo_state",
]
