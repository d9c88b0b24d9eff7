"""Writing offers: the first version, further ones, and the draft as it is typed."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import VatCategory
from core import events
from core.form_keys import wait_for_twin
from offers.actions.approving import lapse_approvals
from offers.actions.locking import lock_version
from offers.actions.orders import MOST_NET
from offers.errors import AmountTooLarge, OfferAccepted, OfferSavedMeanwhile, VersionFixed
from offers.facts import OfferLineFacts, VersionFacts, facts_of_lines, facts_of_version
from offers.first_draft import VALID_DAYS, first_facts, first_lines
from offers.line_rows import VatDue, line_row
from offers.models import Offer, OfferLine, OfferState, OfferTemplate, OfferVersion
from offers.prices import line_net
from offers.recipients import Recipient, recipient_of
from pipeline.errors import DealClosed
from pipeline.models import Deal


@transaction.atomic
def start_offer(
    deal: Deal, *, actor: User, template: OfferTemplate | None = None, form_key: UUID | None = None
) -> Offer:
    """Begin an offer in an open deal: a draft filled in from the deal, its customer and a template.

    The same `form_key` again answers the offer it began. Raises DealClosed.
    """
    if form_key is not None:
        wait_for_twin(form_key)
        if (already := Offer.objects.filter(form_key=form_key).first()) is not None:
            return already
    if not deal.is_open:
        raise DealClosed(_("This deal is already closed."))
    offer = Offer.objects.create(deal=deal, created_by=actor, form_key=form_key)
    recipient = recipient_of(deal)
    facts = first_facts(deal, recipient, template)
    version = OfferVersion(offer=offer, number=1, created_by=actor)
    _write(version, facts, first_lines(deal, facts, template), recipient)
    events.record("offer.started", offer, actor=actor)
    return offer


@transaction.atomic
def new_version(source: OfferVersion, *, actor: User) -> OfferVersion:
    """Begin a new version from any old one of the same offer; it becomes the current one.

    What lies with the customer stays acceptable until the new version is sent; an unsent draft is superseded.
    Raises OfferAccepted, DealClosed.
    """
    source = lock_version(source)
    versions = OfferVersion.objects.filter(offer=source.offer)
    if versions.filter(state=OfferState.ACCEPTED).exists():
        raise OfferAccepted
    if not source.offer.deal.is_open:
        raise DealClosed(_("This deal is already closed."))
    _supersede_draft(versions.filter(is_current=True).get(), actor)
    highest = versions.aggregate(highest=Max("number"))["highest"]
    version = OfferVersion(offer=source.offer, number=highest + 1, based_on=source, created_by=actor)
    facts = facts_of_version(source)
    if source.is_expired or facts.valid_until is None:
        facts = replace(facts, valid_until=timezone.localdate() + timedelta(days=VALID_DAYS))
    _write(version, facts, facts_of_lines(source), recipient_of(source.offer.deal))
    events.record("offer.version_started", version, actor=actor, number=version.number)
    return version


@transaction.atomic
def save_draft(
    version: OfferVersion,
    facts: VersionFacts,
    lines: Sequence[OfferLineFacts],
    *,
    seen_revision: int,
    actor: User,
) -> OfferVersion:
    """Keep what was typed; saving what is saved already changes nothing.

    An approval that was asked for or given lapses, for it was of another wording. `seen_revision` is the
    revision the window was opened with or last saved.
    Raises VersionFixed, OfferSavedMeanwhile, AmountTooLarge.
    """
    version = lock_version(version)
    if not version.is_unsent or not version.is_current:
        raise VersionFixed
    if facts_of_version(version) == facts and facts_of_lines(version) == list(lines):
        return version
    if version.revision != seen_revision:
        raise OfferSavedMeanwhile
    version.revision += 1
    version.state, version.created_by = OfferState.DRAFT, version.created_by or actor
    lapse_approvals(version, actor=actor)
    _write(version, facts, lines, recipient_of(version.offer.deal))
    return version


def _supersede_draft(current: OfferVersion, actor: User) -> None:
    """The version before is current no more; one that was never sent is given up."""
    current.is_current = False
    if current.is_unsent:
        lapse_approvals(current, actor=actor)
        current.state = OfferState.SUPERSEDED
    current.save(update_fields=["is_current", "state"])


def _write(
    version: OfferVersion, facts: VersionFacts, lines: Iterable[OfferLineFacts], recipient: Recipient
) -> None:
    """Write a version and all its lines, with the VAT that is due today."""
    lines = list(lines)
    if any(line_net(line) > MOST_NET for line in lines):  # type: ignore[arg-type]
        raise AmountTooLarge
    for field in fields(facts):
        setattr(version, field.name, getattr(facts, field.name))
    due = VatDue(recipient)
    version.vat_treatment = due.of(VatCategory.STANDARD).treatment
    version.saved_at = timezone.now()
    version.save()
    version.lines.all().delete()
    OfferLine.objects.bulk_create(
        line_row(version, position, line, due) for position, line in enumerate(lines, start=1)
    )
