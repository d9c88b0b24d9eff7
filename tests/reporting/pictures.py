"""The funnel picture of deals that are in no database."""

from collections import Counter
from collections.abc import Iterable

from reporting.stage_entries import DealProgress
from reporting.standings import PictureStep, Tally, funnel_steps


def picture(deals: Iterable[DealProgress | None]) -> list[PictureStep]:
    """Count how far they have come, as the reports do."""
    counted = Counter((deal.furthest, deal.outcome) for deal in deals if deal)
    return funnel_steps({where: Tally(count) for where, count in counted.items()})
