"""Offers: what was proposed to customers; and orders: what they bought."""

from offers.models.approval import ApprovalLink, ApprovalRequest, ApprovalRule
from offers.models.counter import NumberCounter
from offers.models.guide import GuideEntry
from offers.models.letterhead import Letterhead, current_letterhead
from offers.models.line import OfferLine
from offers.models.negotiation import NegotiationGround, NegotiationPoint, NegotiationRound
from offers.models.offer import Offer, OfferQuerySet
from offers.models.order import Order, OrderLine, OrderQuerySet
from offers.models.question import OfferQuestion
from offers.models.sent import Acceptance, OfferLink, SentDocument
from offers.models.template import OfferTemplate, OfferTemplateLine
from offers.models.version import UNSENT, OfferState, OfferVersion

__all__ = [
    "UNSENT",
    "Acceptance",
    "ApprovalLink",
    "ApprovalRequest",
    "ApprovalRule",
    "GuideEntry",
    "Letterhead",
    "NegotiationGround",
    "NegotiationPoint",
    "NegotiationRound",
    "NumberCounter",
    "Offer",
    "OfferLine",
    "OfferLink",
    "OfferQuerySet",
    "OfferQuestion",
    "OfferState",
    "OfferTemplate",
    "OfferTemplateLine",
    "OfferVersion",
    "Order",
    "OrderLine",
    "OrderQuerySet",
    "SentDocument",
    "current_letterhead",
]
