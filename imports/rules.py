"""What the caller of an import decides."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.sentences import sentence as _
from imports.histories import HistoryImpossibleError
from imports.rows import Moment, Settings
from pipeline.models import Stage


@dataclass(frozen=True, slots=True)
class Rules:
    """How values read, in which stage closed deals of unknown stage began, and what now is."""

    settings: Settings
    now: datetime
    unknown_from: Stage = Stage.KONTAKT

    def past(self, moment: Moment) -> Moment:
        """A moment that has happened: a day without time may be today; the future is refused."""
        if moment.at <= self.now:
            return moment
        zone = self.settings.zone
        day = moment.at.astimezone(zone).date()
        if moment.is_day and day == self.now.astimezone(zone).date():
            return replace(moment, at=self.now)
        raise HistoryImpossibleError(_("%(day)s lies in the future.") % {"day": day.isoformat()})
