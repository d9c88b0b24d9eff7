"""The page that measures leads: what is asked of it, and its lines with the lists behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import get_args

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from leads.models import Lead
from reporting.attribution import Credit, attribution
from reporting.lead_figures import UNKNOWN, By, LeadGroup, LeadReport, lead_report
from reporting.periods import Period, local_day, period_of_code, recent_quarters, rolling_year, year_of
from reporting.survival import StageFigures
from reporting.switches import View, period_label

WAYS = {
    "source": gettext_lazy("Source"),
    "medium": gettext_lazy("Medium"),
    "campaign": gettext_lazy("Campaign"),
    "form": gettext_lazy("Web form"),
    "rep": pgettext_lazy("person in charge", "Owner"),
    "team": gettext_lazy("Team"),
    "direction": gettext_lazy("Direction"),
    "reason": gettext_lazy("Reason for disqualifying"),
}
# What the list of leads calls the question, where it can be asked.
QUESTIONS = {
    "source": "source",
    "medium": "medium",
    "campaign": "campaign",
    "form": "form",
    "rep": "owner",
    "team": "team",
    "direction": "direction",
    "reason": "reason",
}
NOTHING = {"source": ("no_source", "on"), "rep": ("owner", "nobody")}
MOST_GROUPS = 100


@dataclass(frozen=True)
class Line:
    """One group with its figures; every number leads to the leads it counts."""

    group: LeadGroup
    name: str
    urls: Mapping[str, str]
    deals: StageFigures
    won: StageFigures
    cost_per_lead: Decimal | None
    cost_per_deal: Decimal | None
    cost_per_customer: Decimal | None


class LeadReportPage:
    """Everything the page shows, under the rights of its reader."""

    def __init__(self, query: QueryDict, user: User) -> None:
        self.now = timezone.now()
        self.period = period_of_code(query.get("period", ""), local_day(self.now))
        asked = query.get("by", "")
        ways: list[By] = [way for way in get_args(By) if way != "rep" or _may_see_reps(user)]
        self.by: By = next((way for way in ways if way == asked), "source")
        self.ways = [View(str(WAYS[way]), self._url(by=way), way == self.by) for way in ways]
        self.leads = Lead.objects.visible_to(user)
        self.report: LeadReport = lead_report(self.leads, self.period, self.by, self.now)
        self.total = self._line(self.report.total, is_total=True)
        self.lines = [self._line(group) for group in self.report.groups[:MOST_GROUPS]]
        self.further = len(self.report.groups) - len(self.lines)

    @property
    def views(self) -> list[View]:
        """The periods to choose from."""
        today = local_day(self.now)
        offered = [rolling_year(today), *recent_quarters(today, 2), year_of(today)]
        return [View(period_label(one), self._url(period=one), one == self.period) for one in offered]

    @cached_property
    def credits(self) -> list[Credit]:
        """The same leads by first, last and all touches; shown beside sources and campaigns."""
        if self.by not in ("source", "campaign"):
            return []
        found = self.leads.filter(received_at__gte=self.period.begins_at, received_at__lte=self.now)
        if self.period.ends_before:
            found = found.filter(received_at__lt=self.period.ends_before)
        return attribution(found, self.by)

    @property
    def most_in_a_month(self) -> int:
        """The tallest bar."""
        return max((inbound + outbound for _month, inbound, outbound in self.report.months), default=0)

    @property
    def months(self) -> list[tuple[str, int, int, float, float]]:
        """Inbound and outbound of each month, and their shares of the tallest bar."""
        most = self.most_in_a_month or 1
        return [(month, one, two, one / most, two / most) for month, one, two in self.report.months]

    def _line(self, group: LeadGroup, *, is_total: bool = False) -> Line:
        name = str(_("All leads")) if is_total else group.name or str(_("not known"))
        return Line(
            group=group,
            name=name,
            urls=self._urls(group, is_total=is_total),
            deals=group.deal_figures,
            won=group.won_figures,
            cost_per_lead=group.cost_per(group.received),
            cost_per_deal=group.cost_per(group.converted),
            cost_per_customer=group.cost_per(group.new_customers),
        )

    def _urls(self, group: LeadGroup, *, is_total: bool) -> dict[str, str]:
        asked = {"received_from": self.period.starts_on.isoformat()}
        if self.period.ends_on:
            asked["received_to"] = self.period.ends_on.isoformat()
        if not is_total:
            if group.key == UNKNOWN:
                if self.by not in NOTHING:
                    return {}
                asked[NOTHING[self.by][0]] = NOTHING[self.by][1]
            else:
                asked[QUESTIONS[self.by]] = group.key
        steps = {
            "received": {},
            "inbound": {"direction": "inbound"},
            "outbound": {"direction": "outbound"},
            "open": {"state": "open"},
            "disqualified": {"state": "disqualified"},
            "converted": {"state": "converted"},
            "won": {"became": "won"},
        }
        base = reverse("leads:lead_list")
        return {name: f"{base}?{urlencode({**asked, **more})}" for name, more in steps.items()}

    def _url(self, *, by: str = "", period: Period | None = None) -> str:
        return f"?{urlencode({'by': by or self.by, 'period': (period or self.period).code})}"

    @property
    def as_of(self) -> datetime:
        """Up to when the leads were followed."""
        return self.now


def _may_see_reps(user: User) -> bool:
    """Figures of persons are for managers and admins, and only where the house has them at all."""
    return settings.PER_REP_FIGURES == "self_and_manager" and (user.is_manager or user.is_admin)
