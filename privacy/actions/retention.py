"""Retention: the night proposes, a human decides."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import events
from privacy.actions.erasure import erase_person
from privacy.errors import ProposalDecided
from privacy.models import KeptRecord, RetentionClass, RetentionProposal
from privacy.retention import MOST_PER_NIGHT, kept_long_enough


def propose(*, today: date | None = None) -> int:
    """Propose the persons whose data were kept long enough, longest ago first; answer how many are new."""
    count = 0
    for retention in RetentionClass.objects.filter(is_active=True).exclude(kind=RetentionClass.Kind.KEPT):
        found = kept_long_enough(retention, today=today)[:MOST_PER_NIGHT]
        made = RetentionProposal.objects.bulk_create(
            [
                RetentionProposal(
                    retention=retention,
                    person=person,
                    last_contact_on=timezone.localdate(person.last_contact),
                )
                for person in found
            ],
            ignore_conflicts=True,
        )
        count += len(made)
    return count


@transaction.atomic
def confirm_proposal(
    proposal: RetentionProposal, *, actor: User, seen: int | None = None
) -> RetentionProposal:
    """Erase the person that was proposed; ProposalDecided when someone decided meanwhile.

    `seen` is how many rows the preview showed, as for erase_person.
    """
    proposal = _decided(proposal, actor)
    if proposal.person.erased_at is None:
        erase_person(proposal.person, actor=actor, seen=seen)
    return proposal


@transaction.atomic
def postpone_proposal(
    proposal: RetentionProposal, until: date, *, actor: User, reason: str = ""
) -> RetentionProposal:
    """Keep the person until a day, for a reason; ProposalDecided when someone decided meanwhile."""
    proposal = _decided(proposal, actor)
    proposal.postponed_until, proposal.reason = until, reason
    proposal.save(update_fields=["postponed_until", "reason"])
    events.record("retention.postponed", proposal, actor=actor)
    return proposal


@transaction.atomic
def delete_kept_records(*, actor: User) -> int:
    """Delete what the law no longer wants kept; answer how many."""
    past = KeptRecord.objects.select_for_update().filter(kept_until__lt=timezone.localdate())
    records = list(past)
    for record in records:
        events.record("kept_record.deleted", record, actor=actor)
    KeptRecord.objects.filter(pk__in=[record.pk for record in records]).delete()
    return len(records)


def _decided(proposal: RetentionProposal, actor: User) -> RetentionProposal:
    proposal = RetentionProposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.decided_at is not None:
        raise ProposalDecided(_("Someone decided on this proposal meanwhile."))
    proposal.decided_at, proposal.decided_by = timezone.now(), actor
    proposal.save(update_fields=["decided_at", "decided_by"])
    return proposal
