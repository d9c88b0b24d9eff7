"""Leads: who could become a customer, where they come from, every touch, and what became of them."""

from leads.models.history import LeadAssignment, LeadStateChange, LeadStateChangeQuerySet
from leads.models.lead import DisqualifyReason, Lead, LeadQuerySet
from leads.models.source import Campaign, CampaignQuerySet, Source, SourceCost
from leads.models.touch import Touch, TouchQuerySet
from leads.models.words import OPEN_STATES, Direction, LeadOrigin, LeadState, TouchChannel

__all__ = [
    "OPEN_STATES",
    "Campaign",
    "CampaignQuerySet",
    "Direction",
    "DisqualifyReason",
    "Lead",
    "LeadAssignment",
    "LeadOrigin",
    "LeadQuerySet",
    "LeadState",
    "LeadStateChange",
    "LeadStateChangeQuerySet",
    "Source",
    "SourceCost",
    "Touch",
    "TouchChannel",
    "TouchQuerySet",
]
