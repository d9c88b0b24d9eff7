"""What the page of the review shows: past forecasts beside what came, and how right they were."""

from collections import defaultdict

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from reporting.forecast.judging import Judged, Judgement, judge, share_of
from reporting.forecast.naive import NAIVE
from reporting.forecast.trial import TENTHS
from reporting.forecast_words import figure, places_of, range_words
from reporting.judged import Decided, judged_before
from reporting.models import ChanceCheck, DealChance, ForecastDiary, ForecastReview, Source
from reporting.periods import month_of
from reporting.review_curve import Curve, curve_of
from reporting.review_rows import (
    ChanceRow,
    MeasureRow,
    MethodRow,
    MonthRow,
    judged_rows,
    preferred_source,
)
from reporting.review_tiles import review_tiles
from reporting.scopes import Scopes
from reporting.selection import Selection
from reporting.switches import Choice, Switches, View, period_label
from reporting.tiles import Tile

Basis, Measure = ForecastDiary.Basis, ForecastDiary.Measure
AHEAD = {"1": gettext_lazy("One month ahead"), "3": gettext_lazy("3 months"), "6": gettext_lazy("6 months")}
MEASURES = {
    Measure.WINS: gettext_lazy("Deals won"),
    Measure.NEW: gettext_lazy("New customers"),
    Measure.REPEAT: gettext_lazy("Repeat customers"),
    Measure.REVENUE: gettext_lazy("Revenue"),
}
METHODS = {
    "weights": gettext_lazy("Chances of the stages typed by hand, times stock"),
    "rate": gettext_lazy("Measured rate of each stage, times stock"),
    "year": gettext_lazy("The same month of the year before"),
}
# Each deal counts on the first of three months that a quarter holds.
TIMES_COUNTED = 3


class ReviewPage:
    """Past forecasts of one selection; `basis` is open or total."""

    name = "reporting:forecast_review"

    def __init__(self, selection: Selection, query: QueryDict, user: User, scopes: Scopes) -> None:
        self.selection, self.user, self.scopes = selection, user, scopes
        self.basis = Basis.TOTAL if query.get("covers") == Basis.TOTAL else Basis.OPEN
        self.ahead = asked if (asked := query.get("ahead", "")) in AHEAD else next(iter(AHEAD))
        self.asked_source = query.get("source", "")
        self.review = ForecastReview.objects.first()
        self.currency = settings.DEFAULT_CURRENCY

    @cached_property
    def shows_people(self) -> bool:
        """Whether the total is made of enough people to be shown."""
        if self.scopes.least_people <= 1:
            return True
        return self.scopes.shows_people(DealChance.objects.of_scope(self.selection.scope).people())

    @cached_property
    def source(self) -> Source:
        """The one asked for; else the diary once it says something, before that what was recomputed."""
        if self.asked_source in Source.values:
            return Source(self.asked_source)
        return preferred_source(self.selection)

    @cached_property
    def judged(self) -> dict[tuple[str, int], list[Judged]]:
        """What was foretold beside what came, by measure and months ahead; the latest month last."""
        found: defaultdict[tuple[str, int], list[Judged]] = defaultdict(list)
        if self.shows_people:
            for measure, ahead, judged in judged_rows(self.selection, self.source, self.basis):
                found[measure, ahead].append(judged)
        return found

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        """By measure, over all months ahead."""
        rows: defaultdict[str, list[Judged]] = defaultdict(list)
        for (measure, _ahead), some in self.judged.items():
            rows[measure] += some
        return {measure: judge(some, len(NAIVE)) for measure, some in rows.items()}

    @property
    def measure(self) -> str:
        """What the list of months and the errors count."""
        return Measure.REVENUE if self.selection.by_value else Measure.WINS

    @property
    def judgement(self) -> Judgement | None:
        """What the chosen measure comes to."""
        return self.judgements.get(self.measure)

    @property
    def tiles(self) -> list[Tile]:
        """How often the bands held, bias, error."""
        return review_tiles(self.judgement) if self.judgement else []

    @property
    def measures(self) -> list[MeasureRow]:
        """All measures."""
        return [
            MeasureRow(str(label), self.judgements[measure])
            for measure, label in MEASURES.items()
            if measure in self.judgements
        ]

    @cached_property
    def months(self) -> list[MonthRow]:
        """The months that were so far ahead, the latest first."""
        rows = self.judged.get((self.measure, int(self.ahead) - 1), [])
        most = max((max(row.numbers[5], row.came) for row in rows), default=0.0) or 1.0
        return [self._month(row, most) for row in reversed(rows)]

    @cached_property
    def chances(self) -> list[ChanceRow]:
        """The chances of single deals by tenths; those of today's open deals, whatever the page covers."""
        sums = [[0, 0.0, 0] for _ in range(TENTHS)]
        if self.shows_people:
            rows = ChanceCheck.objects.of_scope(self.selection.scope).filter(source=self.source)
            for tenth, deals, expected, won in rows.values_list("tenth", "deals", "expected", "won"):
                for place, number in enumerate((deals, expected, won)):
                    sums[tenth][place] += number
        return [
            ChanceRow(
                label=_("%(low)d to %(high)d %%") % {"low": tenth * 10, "high": tenth * 10 + 10},
                expected=expected / deals,
                came=share_of(int(won), int(deals), max(int(deals) // TIMES_COUNTED, 1)),
            )
            for tenth, (deals, expected, won) in enumerate(sums)
            if deals
        ]

    @property
    def curve(self) -> Curve | None:
        """The same as a picture."""
        pairs = [(row.expected, row.came) for row in self.chances]
        return curve_of(pairs) if pairs else None

    @cached_property
    def methods(self) -> list[MethodRow]:
        """The simple methods that could say something."""
        if self.judgement is None:
            return []
        said = [
            (METHODS[name], one)
            for name, one in zip(NAIVE, self.judgement.beside, strict=True)
            if one is not None
        ]
        most = max((max(one.error, one.ours) for _label, one in said), default=0.0) or 1.0
        return [
            MethodRow(str(label), one.figures, one.error, one.ours, one.error / most, one.ours / most)
            for label, one in said
        ]

    @cached_property
    def decided(self) -> list[Decided]:
        """How right the judgements of managers were."""
        return judged_before(self.selection) if self.shows_people else []

    @property
    def views(self) -> list[View]:
        """What the forecasts covered."""
        return [
            View(_("Then open deals"), self.url(covers=Basis.OPEN), self.basis == Basis.OPEN),
            View(_("With expected inflow"), self.url(covers=Basis.TOTAL), self.basis == Basis.TOTAL),
        ]

    @property
    def sources(self) -> list[View]:
        """Kept or recomputed."""
        labels = {Source.KEPT: _("From the diary"), Source.RECOMPUTED: _("Recomputed")}
        return [
            View(label, self.url(source=source.value), source == self.source)
            for source, label in labels.items()
        ]

    @property
    def distances(self) -> list[View]:
        """How far ahead the months of the list lay."""
        return [
            View(str(label), f"{self.url(ahead=code)}#months", code == self.ahead)
            for code, label in AHEAD.items()
        ]

    @property
    def units(self) -> dict[str, str]:
        """Counted by number or by value."""
        return {
            "number": self.url(self.selection.counted(by_value=False)),
            "value": self.url(self.selection.counted(by_value=True)),
        }

    @cached_property
    def whose(self) -> dict[str, list[Choice]]:
        """Everyone, the teams and the reps the reader may see."""
        return Switches(self.selection, self.scopes).whose

    @property
    def hidden(self) -> dict[str, str]:
        """What stays when somebody else is chosen."""
        return {"covers": self.basis, "source": self.asked_source, "ahead": self.ahead}

    @property
    def shows_persons(self) -> bool:
        """Whether figures of another person are on the page."""
        rep = self.selection.rep
        return rep is not None and rep != self.user

    @property
    def forecast_url(self) -> str:
        """The forecast of the same selection."""
        return self.selection.url("reporting:forecast", covers=self.basis)

    def url(self, selection: Selection | None = None, **more: str) -> str:
        """The address of the page."""
        kept = {name: value for name, value in self.hidden.items() if value}
        return (selection or self.selection).url(self.name, **{**kept, **more})

    def _month(self, row: Judged, most: float) -> MonthRow:
        currency = self.currency if self.measure == Measure.REVENUE else ""
        *places, came_at = places_of([*row.numbers[1:], row.came], most)
        month = month_of(row.month)
        everyone_won = self.basis == Basis.TOTAL and not (self.selection.rep or self.selection.team)
        url = self.selection.with_period(month).url("reporting:deals", what="won") if everyone_won else ""
        return MonthRow(
            label=period_label(month),
            places=places,
            came_at=came_at,
            says=range_words(row.numbers[1:], currency),
            came=figure(row.came, currency),
            url=url,
            judged=row,
        )
