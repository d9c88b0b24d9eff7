"""Tables of the funnel: deals, their history, and the settings of the process."""

from pipeline.models.conversion import LeadConversion, LeadConversionQuerySet
from pipeline.models.deal import Deal, DealMember, DealPerson, DealQuerySet, longer_than_usual
from pipeline.models.history import DealChange, StageChange, StageChangeQuerySet
from pipeline.models.process import Criterion, CriterionMet, LossReason, StageSetting
from pipeline.models.stage import DealKind, Origin, Outcome, Stage

__all__ = [
    "Criterion",
    "CriterionMet",
    "Deal",
    "DealChange",
    "DealKind",
    "DealMember",
    "DealPerson",
    "DealQuerySet",
    "LeadConversion",
    "LeadConversionQuerySet",
    "LossReason",
    "Origin",
    "Outcome",
    "Stage",
    "StageChange",
    "StageChangeQuerySet",
    "StageSetting",
    "longer_than_usual",
]
