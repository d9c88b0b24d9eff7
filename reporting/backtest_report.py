"""What a backtest prints: every figure beside what came, and what they come to; as JSON or as a table."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from reporting.forecast.judging import Judged, Judgement, judge
from reporting.forecast.naive import NAIVE
from reporting.forecast.outlook import Outlook
from reporting.forecast.trial import TENTHS, Check, Tenth
from reporting.forecast_night import NUMBERS
from reporting.periods import Period, local_day

_HEADS = ("covers", "measure", "figures", "in 50 %", "in 90 %", "bias", "error", *NAIVE)


class Told(NamedTuple):
    """One moment: the forecast of then, and what came of it."""

    as_of: datetime
    periods: list[Period]
    outlook: Outlook
    checks: list[Check]
    tenths: list[Tenth]


@dataclass(frozen=True)
class Report:
    """All moments, and what they come to."""

    told: list[Told]
    judgements: dict[tuple[str, str, str], Judgement]
    """By what is covered, measure and currency, over all periods ahead."""
    tenths: list[tuple[int, int, float, int]]
    """Tenth, deals, wins expected of them within a quarter, won of them."""

    def as_json(self) -> dict[str, object]:
        """Plain dictionaries and lists."""
        return {
            "moments": [_moment(one) for one in self.told],
            "summary": [_summary(key, judgement) for key, judgement in self.judgements.items()],
            "calibration": [
                dict(zip(("tenth", "deals", "expected", "won"), tenth, strict=True)) for tenth in self.tenths
            ],
        }

    def as_table(self) -> str:
        """The summary and the calibration, for the eye."""
        lines = [_HEADS, *(_cells(key, judgement) for key, judgement in self.judgements.items())]
        widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADS))]
        table = [
            "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
        ]
        skipped = [f"{one.as_of:%Y-%m-%d}" for one in self.told if not one.outlook.bands]
        if skipped:
            table.append(f"Too few wins to learn from: {', '.join(skipped)}")
        table.append("")
        table.append("chance within a quarter   deals  expected  won")
        for tenth, deals, expected, won in self.tenths:
            table.append(f"{tenth * 10:3d} to {tenth * 10 + 10:3d} %{deals:19d}{expected:10.1f}{won:5d}")
        return "\n".join(table)


def report_of(told: list[Told]) -> Report:
    """Put the moments together."""
    rows: defaultdict[tuple[str, str, str], list[Judged]] = defaultdict(list)
    for one in told:
        for check in one.checks:
            band = check.band
            rows[band.basis, band.measure, band.currency].append(_judged(one, check))
    judgements = {key: judge(found, len(NAIVE)) for key, found in rows.items()}
    return Report(told, judgements, _together(tenth for one in told for tenth in one.tenths))


def _together(tenths: Iterable[Tenth]) -> list[tuple[int, int, float, int]]:
    found = [[0, 0.0, 0] for _ in range(TENTHS)]
    for tenth in tenths:
        found[tenth.tenth][0] += tenth.deals
        found[tenth.tenth][1] += tenth.expected
        found[tenth.tenth][2] += tenth.won
    return [
        (number, int(deals), round(expected, 3), int(won))
        for number, (deals, expected, won) in enumerate(found)
        if deals
    ]


def _judged(one: Told, check: Check) -> Judged:
    month = one.periods[check.band.month or 0].starts_on
    return Judged(local_day(one.as_of), month, check.band.numbers, check.came, check.naive)


def _moment(one: Told) -> dict[str, object]:
    return {
        "as_of": one.as_of.isoformat(),
        "open_deals": one.outlook.open_deals,
        "wins_learned": one.outlook.wins_learned,
        "is_possible": bool(one.outlook.bands),
        "figures": [_figure(one, check) for check in one.checks],
    }


def _figure(one: Told, check: Check) -> dict[str, object]:
    band = check.band
    numbers = {name: round(value, 3) for name, value in zip(NUMBERS, band.numbers, strict=True)}
    naive = {
        name: None if said is None else round(said, 3) for name, said in zip(NAIVE, check.naive, strict=True)
    }
    period = one.periods[band.month or 0].starts_on
    covers = {"covers": band.basis, "period": str(period), "measure": band.measure, "currency": band.currency}
    return {**covers, **numbers, "came": round(check.came, 2), **naive}


def _summary(key: tuple[str, str, str], judgement: Judgement) -> dict[str, object]:
    beside = zip(NAIVE, judgement.beside, strict=True)
    return {
        **dict(zip(("covers", "measure", "currency"), key, strict=True)),
        "figures": judgement.figures,
        "periods": judgement.months,
        "held_50": judgement.half.rate,
        "held_90": judgement.wide.rate,
        "held_90_low": judgement.wide.low,
        "held_90_high": judgement.wide.high,
        "bias": judgement.bias,
        "error": judgement.error,
        "naive": {name: one and one._asdict() for name, one in beside},
    }


def _cells(key: tuple[str, str, str], judgement: Judgement) -> tuple[str, ...]:
    covers, measure, currency = key
    beside = [f"{one.error:.1%} ({one.ours:.1%})" if one else "-" for one in judgement.beside]
    return (
        covers,
        f"{measure} {currency}".strip(),
        str(judgement.figures),
        f"{judgement.half.rate:.1%}",
        f"{judgement.wide.rate:.1%}",
        "-" if judgement.bias is None else f"{judgement.bias:+.1%}",
        "-" if judgement.error is None else f"{judgement.error:.1%}",
        *beside,
    )
