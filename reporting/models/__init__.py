"""Tables of the reports: what is computed from history, and the mails that tell of it."""

from reporting.models.figures import (
    OFFER_DELIVERED,
    WON,
    DealStanding,
    Rebuild,
    StageConversion,
    StageEntry,
    StaleMark,
)
from reporting.models.weekly_mail import WeeklyMail, WeeklyMailQuerySet

__all__ = [
    "OFFER_DELIVERED",
    "WON",
    "DealStanding",
    "Rebuild",
    "StageConversion",
    "StageEntry",
    "StaleMark",
    "WeeklyMail",
    "WeeklyMailQuerySet",
]
