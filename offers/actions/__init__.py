"""Every write to offers and orders: object first, the rest by keyword, the actor always named."""

from offers.actions.answering import accept_version, decline_version
from offers.actions.approving import answer_approval, ask_approval
from offers.actions.asking import answer_question, ask_question
from offers.actions.confirming import confirm_order
from offers.actions.drafting import new_version, save_draft, start_offer
from offers.actions.orders import (
    LineFacts,
    OrderFacts,
    add_order,
    cancel_order,
    edit_order,
    facts_of_lines,
    note_export,
)
from offers.actions.sending import expire_overdue, mark_sent, withdraw_of_lost, withdraw_version

__all__ = [
    "LineFacts",
    "OrderFacts",
    "accept_version",
    "add_order",
    "answer_approval",
    "answer_question",
    "ask_approval",
    "ask_question",
    "cancel_order",
    "confirm_order",
    "decline_version",
    "edit_order",
    "expire_overdue",
    "facts_of_lines",
    "mark_sent",
    "new_version",
    "note_export",
    "save_draft",
    "start_offer",
    "withdraw_of_lost",
    "withdraw_version",
]
