"""Leads: who could become a customer, where they come from, every touch, and what became of them."""

from leads.models.chance import ChanceModel, LeadChance
from leads.models.condition import LeadCondition
from leads.models.history import LeadAssignment, LeadStateChange, LeadStateChangeQuerySet
from leads.models.lead import Lead, LeadQuerySet
from leads.models.reason import DisqualifyReason
from leads.models.recognition import Recognition, RecognitionQuerySet
from leads.models.rules import AssignmentRule, LeadCapacity, LeadSetting, TeamTurn
from leads.models.score import ScoreRule, ScoreRuleQuerySet
from leads.models.source import Campaign, CampaignQuerySet, Source, SourceCost
from leads.models.touch import Touch, TouchQuerySet
from leads.models.words import OPEN_STATES, Direction, LeadOrigin, LeadState, TouchChannel

__all__ = [
    "OPEN_STATES",
    "AssignmentRule",
    "Campaign",
    "CampaignQuerySet",
    "ChanceModel",
    "Direction",
    "DisqualifyReason",
    "Lead",
    "LeadAssignment",
    "LeadCapacity",
    "LeadChance",
    "LeadCondition",
    "LeadOrigin",
    "LeadQuerySet",
    "LeadSetting",
    "LeadState",
    "LeadStateChange",
    "LeadStateChangeQuerySet",
    "Recognition",
    "RecognitionQuerySet",
    "ScoreRule",
    "ScoreRuleQuerySet",
    "Source",
    "SourceCost",
    "TeamTurn",
    "Touch",
    "TouchChannel",
    "TouchQuerySet",
]
