"""What customers need, what of it we sell, and from whom they have the rest."""

from potentials.models.potential import (
    MOST_DEMAND,
    Potential,
    PotentialDeal,
    PotentialEstimate,
    PotentialQuerySet,
)
from potentials.models.supply import Supply, SupplyQuerySet

__all__ = [
    "MOST_DEMAND",
    "Potential",
    "PotentialDeal",
    "PotentialEstimate",
    "PotentialQuerySet",
    "Supply",
    "SupplyQuerySet",
]
