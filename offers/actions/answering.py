"""What the customer answers: yes, no, and which optional items."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import events
from offers.actions.locking import lock_version
from offers.actions.sending import value_deal
from offers.errors import NotWithCustomer, OfferRunOut
from offers.models import OfferLine, OfferState, OfferVersion
from pipeline.actions import settle_terms
from pipeline.errors import DealClosed


@transaction.atomic
def accept_version(
    version: OfferVersion, *, chosen: Collection[int] | None = None, actor: User | None = None
) -> OfferVersion:
    """The customer takes the offer as it lies with them: the terms are settled, the deal is in Abschluss.

    `chosen` are the positions of the optional and alternative items that are taken; None leaves them as
    offered. Accepting twice is a no-op that answers the accepted version. `actor` is None when the customer
    accepted by themselves. Raises NotWithCustomer, OfferRunOut, DealClosed.
    """
    version = lock_version(version)
    if version.state == OfferState.ACCEPTED:
        return version
    if version.state != OfferState.SENT:
        raise NotWithCustomer
    if version.is_expired:
        raise OfferRunOut
    deal = version.offer.deal
    if not deal.is_open:
        raise DealClosed(NotWithCustomer().message)
    if chosen is not None:
        _choose(version, chosen)
    deal = settle_terms(deal, actor=actor, evidence=f"offer-{version.offer_id}")
    _decide(version, OfferState.ACCEPTED)
    _make_current(version)
    value_deal(deal, version, list(version.lines.all()), actor=actor)
    events.record(
        "offer.accepted",
        version,
        actor=actor,
        offer=version.offer_id,
        directly=bool(deal.accepted_directly),
    )
    return version


@transaction.atomic
def decline_version(version: OfferVersion, *, reason: str = "", actor: User | None = None) -> OfferVersion:
    """The customer does not want it so; the deal stays, for there may be another offer. Twice is a no-op.

    Raises NotWithCustomer.
    """
    version = lock_version(version)
    if version.state == OfferState.DECLINED:
        return version
    if version.state != OfferState.SENT:
        raise NotWithCustomer
    version.decline_reason = reason.strip()[:500]
    _decide(version, OfferState.DECLINED)
    events.record("offer.declined", version, actor=actor, offer=version.offer_id)
    return version


def _decide(version: OfferVersion, state: OfferState) -> None:
    version.state, version.decided_at = state, timezone.now()
    version.save(update_fields=["state", "decided_at", "decline_reason"])


def _make_current(version: OfferVersion) -> None:
    """What was agreed is current; a draft that was begun meanwhile is given up."""
    others = version.offer.versions.exclude(pk=version.pk)
    for other in others.filter(is_current=True):
        if other.is_unsent:
            other.state = OfferState.SUPERSEDED
        other.is_current = False
        other.save(update_fields=["is_current", "state"])
    if not version.is_current:
        version.is_current = True
        version.save(update_fields=["is_current"])


def _choose(version: OfferVersion, chosen: Collection[int]) -> None:
    """Tick what is taken, of each alternative group one at most: unticked first, so that none meet."""
    open_to_choice = [line for line in version.lines.all() if line.is_optional or line.alternative_group]
    wanted, groups = set(), set()
    for line in open_to_choice:
        if line.position in chosen and line.alternative_group not in groups:
            wanted.add(line.pk)
            groups |= {line.alternative_group} - {None}
    # Who ticks none of an alternative group takes what was proposed.
    for line in open_to_choice:
        if line.alternative_group and line.alternative_group not in groups and line.is_chosen:
            wanted.add(line.pk)
    rows = OfferLine.objects.filter(pk__in=[line.pk for line in open_to_choice])
    rows.exclude(pk__in=wanted).update(is_chosen=False)
    rows.filter(pk__in=wanted).update(is_chosen=True)
