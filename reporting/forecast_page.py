"""What the page of the forecast shows: bands per month, totals, open offers apart, the deals behind."""

from datetime import date

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from core.pagination import Page, keyset_page
from core.templatetags.money import number
from pipeline.models import Deal, StageSetting
from reporting.forecast.judging import Judgement, judge
from reporting.forecast.outlook import LEAST_WINS
from reporting.forecast_list import OFFERS, narrowed, narrowed_label, offers_by_age
from reporting.forecast_rows import ChanceRow, KindBand, MonthBand, OfferRow
from reporting.forecast_words import figure, places_of, range_words
from reporting.judged import Beside, judged_now
from reporting.judged_tiles import judged_tiles
from reporting.models import DealChance, DealChanceQuerySet, DealJudgement, ForecastDiary, ForecastRun
from reporting.periods import month_of
from reporting.review_rows import judged_rows, preferred_source
from reporting.scopes import Scopes
from reporting.selection import Selection
from reporting.switches import Choice, Switches, View, period_label
from reporting.tiles import Tile

Basis, Measure = ForecastDiary.Basis, ForecastDiary.Measure


class ForecastPage:
    """The forecast of the last night for one selection; `basis` is open or total."""

    name = "reporting:forecast"

    def __init__(self, selection: Selection, query: QueryDict, user: User, scopes: Scopes) -> None:
        self.selection, self.user, self.scopes = selection, user, scopes
        self.basis = Basis.TOTAL if query.get("covers") == Basis.TOTAL else Basis.OPEN
        self.cursor = query.get("cursor", "")
        self.only = query.get("only", "")
        self.run = ForecastRun.objects.filter(is_recomputed=False).first()
        self.currency = settings.DEFAULT_CURRENCY

    @property
    def is_too_few(self) -> bool:
        """There are not yet enough wins to learn from."""
        return self.run is not None and self.run.wins_learned < LEAST_WINS

    @property
    def least_wins(self) -> int:
        """How many wins are needed."""
        return LEAST_WINS

    @cached_property
    def shows_people(self) -> bool:
        """Whether the total is made of enough people to be shown."""
        if self.scopes.least_people <= 1:
            return True
        return self.scopes.shows_people(self._chances.people())

    @cached_property
    def lines(self) -> dict[tuple[str, date | None, str, str], ForecastDiary]:
        """What the diary says of this selection, by basis, month, measure and currency."""
        if self.run is None or not self.shows_people:
            return {}
        lines = self.run.lines.of_scope(self.selection.scope)
        return {(line.basis, line.month, line.measure, line.currency): line for line in lines}

    @cached_property
    def months(self) -> list[MonthBand]:
        """The twelve months of the basis, by number or by value."""
        key = (Measure.REVENUE, self.currency) if self.selection.by_value else (Measure.WINS, "")
        found = sorted({month for basis, month, *_key in self.lines if basis == self.basis and month})
        lines = [(month, self.lines.get((self.basis, month, *key))) for month in found]
        most = max((line.q95 for _month, line in lines if line), default=0.0) or 1.0
        return [self._band(month, line, most) for month, line in lines if line]

    @cached_property
    def tiles(self) -> list[Tile]:
        """What the basis comes to within two years."""
        return self._tiles(self.basis)

    @cached_property
    def offer_tiles(self) -> list[Tile]:
        """What the open offers alone come to."""
        return self._tiles(Basis.OFFERS)

    @cached_property
    def offer_ages(self) -> list[OfferRow]:
        """The open offers by their age, each line with the deals behind it."""
        return [OfferRow(age, self.list_url(age.code)) for age in offers_by_age(self._chances)]

    @cached_property
    def judged(self) -> Beside | None:
        """What managers said of the open deals; None where nothing was said."""
        return judged_now(self.selection) if self.lines else None

    @property
    def judged_tiles(self) -> list[Tile]:
        """The judgements beside the computed figures."""
        return judged_tiles(self.judged, self.currency, self.list_url) if self.judged else []

    @property
    def narrowed(self) -> str:
        """What the list of deals is narrowed down to, in words."""
        return narrowed_label(self.only)

    def list_url(self, only: str = "") -> str:
        """The list of the deals behind, narrowed down."""
        address = self.url(covers=self.basis, only=only) if only else self.url(covers=self.basis)
        return f"{address}#deals"

    @property
    def views(self) -> list[View]:
        """Today's open deals only, or with what is expected to come in."""
        return [
            View(_("Today's open deals"), self.url(covers=Basis.OPEN), self.basis == Basis.OPEN),
            View(_("With expected inflow"), self.url(covers=Basis.TOTAL), self.basis == Basis.TOTAL),
        ]

    @property
    def hidden(self) -> dict[str, str]:
        """What stays when somebody else is chosen."""
        return {"covers": self.basis}

    @cached_property
    def past(self) -> Judgement | None:
        """How right earlier forecasts of these figures were; None where none can be judged."""
        if not self.shows_people:
            return None
        measure = Measure.REVENUE if self.selection.by_value else Measure.WINS
        rows = judged_rows(self.selection, preferred_source(self.selection), self.basis)
        found = judge((judged for of, _ahead, judged in rows if of == measure), 0)
        return found if found.figures else None

    @property
    def review_url(self) -> str:
        """The review of the same selection."""
        return self.selection.url("reporting:forecast_review", covers=self.basis)

    @property
    def units(self) -> dict[str, str]:
        """Counted by number or by value."""
        return {
            "number": self.url(self.selection.counted(by_value=False), covers=self.basis),
            "value": self.url(self.selection.counted(by_value=True), covers=self.basis),
        }

    @cached_property
    def whose(self) -> dict[str, list[Choice]]:
        """Everyone, the teams and the reps the reader may see."""
        return Switches(self.selection, self.scopes).whose

    def url(self, selection: Selection | None = None, **more: str) -> str:
        """The address of the page."""
        return (selection or self.selection).url(self.name, **more)

    @property
    def shows_persons(self) -> bool:
        """Whether figures of another person are on the page."""
        rep = self.selection.rep
        return rep is not None and rep != self.user

    @cached_property
    def deals(self) -> Page[DealChance]:
        """The deals behind, those of the highest expected value first; only those the reader may see."""
        visible = Deal.objects.visible_to(self.user).values("pk")
        chosen = narrowed(self._chances.filter(deal__in=visible), self.only)
        rows = chosen.select_related("deal__company", "deal__person", "deal__owner")
        return keyset_page(rows, ("-expected_value", "-deal"), self.cursor)

    @cached_property
    def rows(self) -> list[ChanceRow]:
        """The same with the names of the stages."""
        labels = {setting.stage: setting.label for setting in StageSetting.objects.all()}
        keys = [chance.pk for chance in self.deals.rows]
        said = dict(
            DealJudgement.objects.current().filter(deal__in=keys).order_by().values_list("deal", "stance")
        )
        return [
            ChanceRow(
                chance, chance.deal, str(labels.get(chance.stage, chance.stage)), said.get(chance.pk, "")
            )
            for chance in self.deals.rows
        ]

    @cached_property
    def counted(self) -> int:
        """How many open deals the list covers."""
        return narrowed(self._chances, self.only).count()

    @property
    def _chances(self) -> DealChanceQuerySet:
        return DealChance.objects.of_scope(self.selection.scope)

    def _tiles(self, basis: str) -> list[Tile]:
        revenue = self.lines.get((basis, None, Measure.REVENUE, self.currency))
        others = sorted(
            key[3]
            for key in self.lines
            if key[0] == basis and key[1] is None and key[3] not in ("", self.currency)
        )
        named = [(_("Revenue"), revenue, self.currency)] + [
            (_("Revenue"), self.lines[basis, None, Measure.REVENUE, other], other) for other in others
        ]
        counted = [
            (pgettext("deals", "Wins"), Measure.WINS),
            (_("New customers"), Measure.NEW),
            (_("Repeat customers"), Measure.REPEAT),
        ]
        money = [self._tile(label, line, code) for label, line, code in named if line]
        return money + [
            self._tile(label, line)
            for label, measure in counted
            if (line := self.lines.get((basis, None, measure, "")))
        ]

    def _tile(self, label: str, line: ForecastDiary, currency: str = "") -> Tile:
        span = {"low": figure(line.q05, currency), "high": figure(line.q95, currency)}
        note = _("%(low)s to %(high)s in 9 of 10 cases") % span
        if line.basis == Basis.TOTAL:
            note = f"{note} · {self._inflow(line, currency)}"
        url = self.list_url(OFFERS if line.basis == Basis.OFFERS else "")
        return Tile(label, figure(line.expected, currency), note, url)

    def _inflow(self, line: ForecastDiary, currency: str) -> str:
        """What of a figure comes from deals that are still to be opened."""
        ahead = self.lines.get((Basis.OPEN, None, line.measure, line.currency))
        inflow = max(line.expected - (ahead.expected if ahead else 0.0), 0.0)
        return _("of it %(inflow)s from deals still to come in") % {"inflow": figure(inflow, currency)}

    def _kind(self, label: str, line: ForecastDiary | None) -> KindBand:
        if line is None:
            return KindBand(label, figure(0.0, ""), "", "")
        _middle, half, wide = range_words((line.q05, line.q25, line.q50, line.q75, line.q95), "")
        return KindBand(label, number(line.expected, 1), half, wide)

    def _band(self, month: date, line: ForecastDiary, most: float) -> MonthBand:
        quantiles = (line.q05, line.q25, line.q50, line.q75, line.q95)
        low, lower, middle, upper, high = places_of(quantiles, most)
        return MonthBand(
            label=period_label(month_of(month)),
            kinds=[
                self._kind(label, self.lines.get((self.basis, month, measure, "")))
                for label, measure in (
                    (_("New customers"), Measure.NEW),
                    (_("Repeat customers"), Measure.REPEAT),
                )
            ],
            low=low,
            lower=lower,
            middle=middle,
            upper=upper,
            high=high,
            says=range_words(quantiles, line.currency),
        )
