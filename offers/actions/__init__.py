"""Every write to offers and orders: object first, the rest by keyword, the actor always named."""

from offers.actions.answering import accept_version, decline_version
from offers.actions.approval_links import find_approval_link, make_approval_links
from offers.actions.approving import answer_approval, ask_approval
from offers.actions.asking import answer_question, ask_question
from offers.actions.confirming import confirm_order
from offers.actions.customer import Signer, accept_by_link, ask_by_link, counter_by_link, decline_by_link
from offers.actions.documents import keep_document
from offers.actions.drafting import new_version, save_draft, start_offer
from offers.actions.guide import GuideFacts, add_guide_entry, archive_guide_entry, edit_guide_entry
from offers.actions.links import find_link, make_link, note_opened, revoke_links
from offers.actions.negotiating import (
    GroundFacts,
    PointFacts,
    RoundFacts,
    add_round,
    set_ground,
    settle_point,
)
from offers.actions.orders import (
    LineFacts,
    OrderFacts,
    add_order,
    cancel_order,
    edit_order,
    facts_of_lines,
)
from offers.actions.sending import expire_overdue, mark_sent, withdraw_of_lost, withdraw_version

__all__ = [
    "GroundFacts",
    "GuideFacts",
    "LineFacts",
    "OrderFacts",
    "PointFacts",
    "RoundFacts",
    "Signer",
    "accept_by_link",
    "accept_version",
    "add_guide_entry",
    "add_order",
    "add_round",
    "answer_approval",
    "answer_question",
    "archive_guide_entry",
    "ask_approval",
    "ask_by_link",
    "ask_question",
    "cancel_order",
    "confirm_order",
    "counter_by_link",
    "decline_by_link",
    "decline_version",
    "edit_guide_entry",
    "edit_order",
    "expire_overdue",
    "facts_of_lines",
    "find_approval_link",
    "find_link",
    "keep_document",
    "make_approval_links",
    "make_link",
    "mark_sent",
    "new_version",
    "note_opened",
    "revoke_links",
    "save_draft",
    "set_ground",
    "settle_point",
    "start_offer",
    "withdraw_of_lost",
    "withdraw_version",
]
