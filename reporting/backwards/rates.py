"""What a plan rests on: each measured step, of how many cases, and what is reckoned with instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.backwards.asked import LABELS, lever_label
from reporting.backwards.chain import SEED, Basis, Range, Steps, range_of
from reporting.backwards.measured import Mean, Measured, Ratio, Share
from reporting.backwards.reading import STEPS, Reading
from reporting.models import StageConversion
from reporting.selection import Selection

OTHERS: Final[dict[str, str | Promise]] = {
    "appointments": _("Appointments held per offer"),
    "delivered": _("Offers delivered per deal that came to the stage Offer"),
    "from_leads": _("Deals that begin with a lead"),
}


@dataclass(frozen=True)
class RateRow:
    """One step."""

    name: str
    label: str | Promise
    kind: str
    """share, ratio or money."""
    own: float | None
    """As it is measured of the rep or team alone."""
    cases: float
    """The cases it is measured of."""
    figure: StageConversion | None
    """The same on the dashboard."""
    used: Range
    """What is reckoned with, levers included, and where it may lie."""
    is_turned: bool
    url: str


def rate_rows(
    reading: Reading, steps: Steps, goal: str, selection: Selection, turns: dict[str, int]
) -> list[RateRow]:
    """Every step that is known, from the closing back; `steps` are the best ones with the levers turned."""
    rng = np.random.default_rng(SEED)
    return [
        RateRow(
            name=name,
            label=OTHERS[name] if name in OTHERS else lever_label(name, goal) if name in LABELS else name,
            kind=_kind(part),
            own=_own(part),
            cases=_cases(part),
            figure=reading.figures.get(name),
            used=_used(part, float(getattr(steps, name)), rng),
            is_turned=bool(turns.get(name)),
            url=_url(name, selection),
        )
        for name, part in _known(reading.basis)
    ]


def _known(basis: Basis) -> Iterator[tuple[str, Measured]]:
    return ((name, part) for name, part in vars(basis).items() if part is not None)


def _used(part: Measured, turned: float, rng: np.random.Generator) -> Range:
    """The interval moves with the lever."""
    plain = range_of(part.best, part.draws(rng))
    factor = turned / plain.best if plain.best else 1.0
    highest = 1.0 if isinstance(part, Share) else np.inf
    return Range(turned, min(plain.low * factor, highest), min(plain.high * factor, highest))


def _kind(part: Measured) -> str:
    if isinstance(part, Mean):
        return "money"
    return "ratio" if isinstance(part, Ratio) else "share"


def _own(part: Measured) -> float | None:
    if isinstance(part, Mean):
        return part.mean
    return part.rate if isinstance(part, Share) else part.counted / part.per


def _cases(part: Measured) -> float:
    return part.per if isinstance(part, Ratio) else part.size


def _url(name: str, selection: Selection) -> str:
    """The deals behind a step, where there is a list of them."""
    if name in STEPS:
        return selection.url("reporting:deals", what="entered", stage=STEPS[name][0])
    return selection.url("reporting:deals", what="won") if name == "worth" else ""
