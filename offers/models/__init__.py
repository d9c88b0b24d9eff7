"""Orders: what customers bought."""

from offers.models.order import Order, OrderLine, OrderQuerySet

__all__ = ["Order", "OrderLine", "OrderQuerySet"]
