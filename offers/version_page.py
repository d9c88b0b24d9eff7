"""The page of a version: what it says, what it comes to, what may be done next, and what was asked."""

from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from offers.approval import approvers_of, may_approve
from offers.editor import Sums, read_sums
from offers.models import ApprovalRequest, Offer, OfferQuestion, OfferState, OfferVersion, Order

MOST_QUESTIONS = 100


@dataclass
class VersionPage:
    """One version as a user may see it."""

    version: OfferVersion
    user: User

    @cached_property
    def sums(self) -> Sums:
        """Line by line and together."""
        return read_sums(self.version, self.user)

    @cached_property
    def may_edit(self) -> bool:
        """Whether the user may do anything to it."""
        return Offer.objects.editable_by(self.user).filter(pk=self.version.offer_id).exists()

    @cached_property
    def is_open(self) -> bool:
        """Whether the deal still is."""
        return self.version.offer.deal.is_open

    @cached_property
    def is_draft(self) -> bool:
        """Whether it is what is being written on."""
        return self.version.is_unsent and self.version.is_current

    @cached_property
    def is_with_customer(self) -> bool:
        """Whether the customer may accept it."""
        return self.version.state == OfferState.SENT

    @cached_property
    def versions(self) -> list[OfferVersion]:
        """All versions of the offer, the newest first, with what each comes to."""
        return list(self.version.offer.versions.with_net().order_by("-number"))

    @cached_property
    def may_begin_anew(self) -> bool:
        """Whether another version may be made of this one."""
        is_agreed = any(one.state == OfferState.ACCEPTED for one in self.versions)
        return self.may_edit and self.is_open and not is_agreed and not self.is_draft

    @cached_property
    def order(self) -> Order | None:
        """The order that was made of it."""
        return self.version.orders.standing().first()

    @cached_property
    def awaits_order(self) -> bool:
        """Whether it is accepted and the purchase not confirmed yet."""
        return self.version.state == OfferState.ACCEPTED and self.order is None and self.is_open

    @cached_property
    def has_choice(self) -> bool:
        """Whether the customer chooses anything."""
        return any(one.line.is_optional or one.line.alternative_group for one in self.sums.lines)

    @cached_property
    def approvals(self) -> list[ApprovalRequest]:
        """What was asked for, the latest first."""
        asked = self.version.approvals.select_related("asked_by", "answered_by")
        return list(asked.prefetch_related("rules")[:10])

    @cached_property
    def open_request(self) -> ApprovalRequest | None:
        """What nobody has answered yet."""
        return next((one for one in self.approvals if not one.answer), None)

    @cached_property
    def may_approve(self) -> bool:
        """Whether the user may answer it."""
        return self.open_request is not None and may_approve(self.open_request, self.user)

    @cached_property
    def approvers(self) -> list[User]:
        """Who may."""
        return approvers_of(self.open_request) if self.open_request else []

    @cached_property
    def needs_approval(self) -> bool:
        """Whether it cannot be sent before somebody approves."""
        return bool(self.sums.rules) and not self.sums.is_approved

    @cached_property
    def questions(self) -> list[OfferQuestion]:
        """What was asked about the offer, the newest first."""
        asked = self.version.offer.questions.select_related("noted_by", "answered_by")
        return list(asked.order_by("-asked_at", "-pk")[:MOST_QUESTIONS])
