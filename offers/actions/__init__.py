"""Every write to orders: object first, the rest by keyword, the actor always named."""

from offers.actions.orders import LineFacts, OrderFacts, add_order, cancel_order, edit_order, note_export

__all__ = ["LineFacts", "OrderFacts", "add_order", "cancel_order", "edit_order", "note_export"]
