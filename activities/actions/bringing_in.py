"""Entries and follow-ups that come in from elsewhere, many at once, with the moment and author of there."""

from collections.abc import Collection, Sequence

from django.db.models import Q

from accounts.models import User
from activities.actions.appointments import step_of
from activities.actions.criteria import follow_appointments
from activities.actions.follow_ups import mirror_next_step
from activities.models import Activity, FollowUp
from pipeline.models import Deal


def bring_in(entries: Sequence[Activity], follow_ups: Sequence[FollowUp], *, actor: User) -> list[FollowUp]:
    """Write them as they are told; answer the follow-ups that stand for appointments still to come.

    Nobody is reminded, mentioned or told of what is long past, so no events are recorded; the deals concerned
    say afterwards what their next step is, and whether an appointment was agreed.
    """
    Activity.objects.bulk_create(entries)
    standing = [_standing_for(entry) for entry in entries if entry.is_agreed]
    FollowUp.objects.bulk_create([*follow_ups, *standing])
    met = {entry.deal_id for entry in entries if entry.is_appointment}
    planned = {step.deal_id for step in [*follow_ups, *standing] if step.is_open}
    follow_deals({pk for pk in met | planned if pk is not None}, actor=actor)
    return standing


def deals_of(entries: Collection[int], follow_ups: Collection[int]) -> set[int]:
    """The deals that these appointments and follow-ups say something of."""
    met = Activity.objects.filter(pk__in=entries).exclude(Q(deal=None) | Q(status=""))
    planned = FollowUp.objects.filter(pk__in=follow_ups).exclude(deal=None)
    return {*met.values_list("deal_id", flat=True), *planned.values_list("deal_id", flat=True)}


def follow_deals(deals: Collection[int], *, actor: User) -> None:
    """Let these deals say what hangs on them now: whether an appointment was agreed, and the next step."""
    rows = Deal.objects.filter(pk__in=deals, voided_at=None).select_related("owner").order_by("pk")
    for deal in rows.select_for_update(of=("self",)):
        follow_appointments(deal, actor=actor)
        mirror_next_step(deal)


def _standing_for(appointment: Activity) -> FollowUp:
    step = step_of(appointment)
    return FollowUp(
        kind=step.kind,
        text=step.text,
        due_on=step.on,
        due_time=step.time,
        owner_id=appointment.author_id,
        company_id=appointment.company_id,
        person_id=appointment.person_id,
        deal_id=appointment.deal_id,
        appointment=appointment,
    )
