"""Tables of the funnel: deals, their history, and the settings of the process."""

from pipeline.models.deal import Deal, DealMember, DealPerson, DealQuerySet, longer_than_usual
from pipeline.models.history import DealChange, StageChange, StageChangeQuerySet
from pipeline.models.lists import ListColumns
from pipeline.models.process import Criterion, CriterionMet, LossReason, StageSetting
from pipeline.models.saved_view import SavedView, StartView, ViewPage
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
    "ListColumns",
    "LossReason",
    "Origin",
    "Outcome",
    "SavedView",
    "Stage",
    "StageChange",
    "StageChangeQuerySet",
    "StageSetting",
    "StartView",
    "ViewPage",
    "longer_than_usual",
]
