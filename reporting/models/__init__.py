"""Tables of the reports: what is computed from history, and the mails that tell of it."""

from reporting.models.actuals import MonthActual
from reporting.models.affinity import Affinity, AffinityQuerySet
from reporting.models.figures import (
    OFFER_DELIVERED,
    WON,
    DealStanding,
    DealStandingQuerySet,
    StageConversion,
    StageEntry,
    StageEntryQuerySet,
)
from reporting.models.forecast import (
    DealChance,
    DealChanceQuerySet,
    ForecastDiary,
    ForecastDiaryQuerySet,
    ForecastRun,
)
from reporting.models.judgement import DealJudgement, DealJudgementQuerySet
from reporting.models.keeping import AppointmentMark, Rebuild, StaleMark
from reporting.models.reach import EarlierReach
from reporting.models.reorder import Reorder, ReorderQuerySet
from reporting.models.review import ChanceCheck, ForecastCheck, ForecastReview, Source, StageWeight
from reporting.models.weekly_mail import WeeklyMail, WeeklyMailQuerySet

__all__ = [
    "OFFER_DELIVERED",
    "WON",
    "Affinity",
    "AffinityQuerySet",
    "AppointmentMark",
    "ChanceCheck",
    "DealChance",
    "DealChanceQuerySet",
    "DealJudgement",
    "DealJudgementQuerySet",
    "DealStanding",
    "DealStandingQuerySet",
    "EarlierReach",
    "ForecastCheck",
    "ForecastDiary",
    "ForecastDiaryQuerySet",
    "ForecastReview",
    "ForecastRun",
    "MonthActual",
    "Rebuild",
    "Reorder",
    "ReorderQuerySet",
    "Source",
    "StageConversion",
    "StageEntry",
    "StageEntryQuerySet",
    "StageWeight",
    "StaleMark",
    "WeeklyMail",
    "WeeklyMailQuerySet",
]
