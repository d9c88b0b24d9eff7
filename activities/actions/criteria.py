"""What appointments say of a deal's criteria."""

import re

from accounts.models import User
from activities.models import Activity
from pipeline.actions import meet_criterion, withdraw_evidence
from pipeline.models import Criterion, CriterionMet, Deal

EVIDENCE = re.compile(r"appointment(-\d+)?")
# An appointment that was agreed and missed was agreed all the same; only a cancelled or removed one was not.
COUNTING = (Activity.Status.AGREED, Activity.Status.HELD, Activity.Status.NO_SHOW)


def follow_appointments(deal: Deal | None, *, actor: User) -> None:
    """Let the latest appointment not cancelled meet `appointment_agreed`; without one it is open again.

    The card shows its moment (`due`). A criterion ticked by hand stays as it is while there is no
    appointment. The deal is locked by the caller; on a closed deal nothing changes any more.
    """
    if deal is None or not deal.is_open:
        return
    appointments = Activity.objects.filter(
        deal=deal, kind=Activity.Kind.APPOINTMENT, status__in=COUNTING, removed_at=None
    )
    latest = appointments.order_by("-at", "-pk").first()
    if latest is not None:
        evidence = f"appointment-{latest.pk}"
        meet_criterion(deal, Criterion.APPOINTMENT_AGREED, actor=actor, evidence=evidence, due=latest.at)
        return
    met = CriterionMet.objects.filter(deal=deal, criterion__code=Criterion.APPOINTMENT_AGREED)
    for evidence in met.values_list("evidence", flat=True):
        if EVIDENCE.fullmatch(evidence):
            withdraw_evidence(deal, Criterion.APPOINTMENT_AGREED, evidence=evidence, actor=actor)
