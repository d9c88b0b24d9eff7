"""The value of the open deals between two moments: what it was, what came in and went out, what it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from reporting.changes import Amounts, Flow

# Where all bars stand above this share of the longest, they begin at a round number instead of nought.
CROWDED = Decimal("0.7")
WIDTH = 100.0


@dataclass(frozen=True)
class Bar:
    """One line of the picture: an amount, and where its bar lies between 0 and 100."""

    code: str
    amount: Decimal
    left: float
    width: float
    ends_at: float
    """Where the sum stands after it."""


@dataclass(frozen=True)
class Waterfall:
    """Start, what came and went, and end in one currency; start plus all of it is end, to the cent."""

    currency: str
    start: Decimal
    flows: dict[Flow, Decimal]
    end: Decimal

    @property
    def adds_up(self) -> bool:
        """What must always be true."""
        return self.start + sum(self.flows.values()) == self.end

    @property
    def begins_at(self) -> Decimal:
        """The amount at the left edge of the bars."""
        levels = self._levels()
        lowest, highest = min(levels), max(levels)
        if lowest <= highest * CROWDED:
            return Decimal(0)
        # As much again as the changes span, so that what stands at the start still looks large beside them.
        edge = lowest - max(highest - lowest, highest / 10)
        if edge < 1:
            return Decimal(0)
        step = Decimal(10) ** (edge.adjusted() - 1)
        return edge // step * step

    @property
    def bars(self) -> list[Bar]:
        """From the value at the start to the value at the end, line by line."""
        levels = self._levels()
        edge = self.begins_at
        span = (max(levels) - edge) or Decimal(1)

        def place(level: Decimal) -> float:
            return float((level - edge) / span) * WIDTH

        moves = [
            Bar(
                flow.value,
                self.flows[flow],
                place(min(before, after)),
                abs(place(after) - place(before)),
                place(after),
            )
            for flow, before, after in zip(Flow, levels, levels[1:], strict=False)
        ]
        first = Bar("start", self.start, 0.0, place(self.start), place(self.start))
        return [first, *moves, Bar("end", self.end, 0.0, place(self.end), place(self.end))]

    def _levels(self) -> list[Decimal]:
        levels = [self.start]
        for flow in Flow:
            levels.append(levels[-1] + self.flows[flow])
        return [*levels, self.end]


def waterfalls(start: Amounts, moves: Iterable[tuple[Flow, str, Decimal]], end: Amounts) -> list[Waterfall]:
    """One per currency that has anything to show, the usual one first."""
    totals: dict[str, dict[Flow, Decimal]] = {}
    for flow, currency, amount in moves:
        own = totals.setdefault(currency, dict.fromkeys(Flow, Decimal(0)))
        own[flow] += amount
    return [
        Waterfall(
            currency,
            start.get(currency, Decimal(0)),
            totals.get(currency) or dict.fromkeys(Flow, Decimal(0)),
            end.get(currency, Decimal(0)),
        )
        for currency in sorted({*totals, *_filled(start), *_filled(end)}, key=usual_first)
    ]


def usual_first(currency: str) -> tuple[bool, str]:
    """How currencies are sorted: the company's own, then by their code."""
    return currency != settings.DEFAULT_CURRENCY, currency


def _filled(amounts: Mapping[str, Decimal]) -> set[str]:
    return {currency for currency, amount in amounts.items() if amount}
