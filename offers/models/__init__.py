"""Orders: what customers bought; the paper offers are written on."""

from offers.models.letterhead import Letterhead, current_letterhead
from offers.models.order import Order, OrderLine, OrderQuerySet

__all__ = ["Letterhead", "Order", "OrderLine", "OrderQuerySet", "current_letterhead"]
