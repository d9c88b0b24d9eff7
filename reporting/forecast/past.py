"""What is known of all deals at a moment: the ground the forecast stands on."""

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reporting.forecast.stays import Floats, Places, Steps

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


class Past(NamedTuple):
    """Everything known at a moment; deals are numbered from 0, in the order of their keys."""

    as_of: datetime
    now: float
    """The same in days, as `steps.at`."""
    keys: Places
    """The key of each deal."""
    steps: Steps
    value: Floats
    """What is stated of each deal at the moment."""
    currency: Places
    """Its place among `currencies`."""
    owner: Places
    team: Places
    customer: Places
    """Deals of one customer have the same number; -1 without a customer."""
    is_repeat: NDArray[np.bool_]
    """The customer had bought before."""
    was_new: NDArray[np.bool_]
    """A win of a new customer, as fixed at winning."""
    delivered_at: Floats
    """When its offer was delivered, NaN where that is not recorded."""
    currencies: list[str]


def days_of(moment: datetime) -> float:
    """A moment in days, as columns have it."""
    return (moment - _EPOCH) / timedelta(days=1)
