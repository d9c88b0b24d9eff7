"""What becomes of versions on our side: sent, withdrawn, run out."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Billing
from core import events
from offers.actions.approving import lapse_approvals
from offers.actions.documents import keep_document
from offers.actions.locking import lock_version
from offers.approval import is_approved, rules_met
from offers.errors import (
    ApprovalMissing,
    NotWithCustomer,
    OfferIncomplete,
    OfferSavedMeanwhile,
    VersionFixed,
)
from offers.models import NumberCounter, OfferLine, OfferState, OfferVersion
from offers.numbering import draw_number
from offers.offer_prices import offer_totals
from pipeline.actions import advance_deal, edit_deal, facts_of, meet_criterion, set_recurring
from pipeline.models import Criterion, Deal, Stage


@transaction.atomic
def mark_sent(version: OfferVersion, *, seen_revision: int, actor: User) -> OfferVersion:
    """Hand a version over to the customer: from now on it says the same for ever.

    The first version that is sent draws the number of the offer. What lay with the customer is superseded.
    The deal is in Angebot at least, has its offer delivered, and is worth what the offer comes to.
    Twice is a no-op. Raises VersionFixed, OfferSavedMeanwhile, OfferIncomplete, ApprovalMissing, DealClosed.
    """
    version = lock_version(version)
    if version.state == OfferState.SENT:
        return version
    if not version.is_unsent or not version.is_current:
        raise VersionFixed
    if version.revision != seen_revision:
        raise OfferSavedMeanwhile
    lines = list(version.lines.all())
    _refuse_incomplete(version, lines)
    _refuse_unapproved(version, lines)

    deal = advance_deal(version.offer.deal, Stage.ANGEBOT, actor=actor)
    _send(version, actor=actor)
    evidence = f"offer-{version.offer_id}"
    meet_criterion(deal, Criterion.OFFER_DELIVERED, actor=actor, evidence=evidence)
    value_deal(deal, version, lines, actor=actor)
    events.record("offer.sent", version, actor=actor, offer=version.offer_id, number=version.number)
    return version


@transaction.atomic
def withdraw_version(version: OfferVersion, *, actor: User | None) -> OfferVersion:
    """Take back what lies with the customer, or give up a draft; twice is a no-op. Raises NotWithCustomer."""
    version = lock_version(version)
    if version.state == OfferState.WITHDRAWN:
        return version
    if version.state != OfferState.SENT and not version.is_unsent:
        raise NotWithCustomer
    lapse_approvals(version, actor=actor)
    version.state, version.decided_at = OfferState.WITHDRAWN, timezone.now()
    version.save(update_fields=["state", "decided_at"])
    events.record("offer.withdrawn", version, actor=actor, offer=version.offer_id)
    return version


@transaction.atomic
def expire_version(version: OfferVersion) -> OfferVersion:
    """Note that the last day of a version has passed; whatever it is not with the customer stays."""
    version = lock_version(version)
    if version.state != OfferState.SENT or not version.is_expired:
        return version
    version.state, version.decided_at = OfferState.EXPIRED, timezone.now()
    version.save(update_fields=["state", "decided_at"])
    events.record("offer.expired", version, actor=None, offer=version.offer_id)
    return version


def expire_overdue() -> int:
    """Let everything expire whose last day has passed, each by itself; answer how many were looked at."""
    overdue = list(OfferVersion.objects.overdue().order_by("pk"))
    for version in overdue:
        expire_version(version)
    return len(overdue)


def withdraw_of_lost(deal: Deal) -> int:
    """Take back what lies with the customer of a lost deal; a deal reopened since keeps its offers."""
    if not deal.is_lost:
        return 0
    standing = list(OfferVersion.objects.filter(offer__deal=deal, state=OfferState.SENT).order_by("pk"))
    for version in standing:
        withdraw_version(version, actor=None)
    return len(standing)


def value_deal(deal: Deal, version: OfferVersion, lines: list[OfferLine], *, actor: User | None) -> None:
    """The locked deal is worth what is paid once for the version, net; what recurs is kept apart."""
    totals = offer_totals(lines, version)
    recurring = {part.billing: part.totals.net or None for part in totals.parts}
    deal = set_recurring(
        deal,
        monthly=recurring.get(Billing.MONTHLY),
        yearly=recurring.get(Billing.YEARLY),
        actor=actor,
    )
    worth = totals.net
    if (deal.value, deal.currency) != (worth, version.currency):
        facts = replace(facts_of(deal), value=worth, currency=version.currency)
        edit_deal(deal, facts, seen_version=deal.version, actor=actor)


def _send(version: OfferVersion, *, actor: User) -> None:
    offer = version.offer
    if offer.number is None:
        offer.number = draw_number(NumberCounter.Kind.OFFER, day=timezone.localdate())
        offer.save(update_fields=["number"])
    offer.versions.filter(state=OfferState.SENT).update(
        state=OfferState.SUPERSEDED, decided_at=timezone.now()
    )
    version.state, version.sent_at, version.sent_by = OfferState.SENT, timezone.now(), actor
    version.save(update_fields=["state", "sent_at", "sent_by"])
    keep_document(version)


def _refuse_incomplete(version: OfferVersion, lines: list[OfferLine]) -> None:
    items = [line for line in lines if line.is_item]
    if not any(line.is_counted or line.is_optional for line in items):
        raise OfferIncomplete(_("An offer needs at least one item."))
    if any(not line.text for line in items) or any(not line.quantity for line in items):
        raise OfferIncomplete(_("Every item needs a text and a quantity."))
    if version.valid_until is None or version.is_expired:
        raise OfferIncomplete(_("An offer says until when it holds: today or later."))
    if not version.recipient.strip():
        raise OfferIncomplete(_("The recipient is missing."))


def _refuse_unapproved(version: OfferVersion, lines: list[OfferLine]) -> None:
    rules = rules_met(version, lines)
    if rules and not is_approved(version):
        raise ApprovalMissing(", ".join(rule.name for rule in rules))
