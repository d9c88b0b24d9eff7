"""Appointments, on site or online: agreed, held, missed, cancelled."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.actions.criteria import follow_appointments
from activities.actions.entries import lock_activity, note_lead_contact, write_once
from activities.actions.follow_ups import NextStep, end_with_appointment, mirror_next_step, plan_follow_up
from activities.actions.guests import Guests, set_guests
from activities.actions.links import About, locked_deal
from activities.actions.mentions import note_mentions
from activities.errors import AppointmentAhead, AppointmentClosed, NotAnAppointment
from activities.models import Activity, FollowUp
from core import events
from pipeline.models import Deal


@dataclass(frozen=True)
class Meeting:
    """When and where to meet, and what about."""

    begins: datetime
    ends: datetime | None = None
    place: str = ""
    text: str = ""
    guests: Guests | None = None
    is_online: bool = False


@transaction.atomic
def agree_appointment(
    about: About, meeting: Meeting, *, actor: User, form_key: UUID | None = None
) -> Activity:
    """Note an appointment: it is the deal's next step on its day; on site it meets `appointment_agreed`.

    The same `form_key` again answers the appointment it wrote.
    """
    deal = locked_deal(about.deal.pk if about.deal else None)
    appointment, is_new = write_once(
        form_key,
        {
            **about.links(),
            "kind": Activity.Kind.MEETING if meeting.is_online else Activity.Kind.APPOINTMENT,
            "status": Activity.Status.AGREED,
            "author": actor,
            "at": meeting.begins,
            "ends_at": meeting.ends,
            "place": meeting.place,
            "text": meeting.text,
        },
    )
    if not is_new:
        return appointment
    set_guests(appointment, meeting.guests)
    plan_follow_up(about, step_of(appointment), actor=actor, appointment=appointment)
    follow_appointments(deal, actor=actor)
    note_lead_contact(appointment, actor=actor)
    note_mentions(appointment, actor=actor)
    events.record("appointment.agreed", appointment, actor=actor)
    return appointment


@transaction.atomic
def hold_appointment(appointment: Activity, *, text: str, seen_version: int, actor: User) -> Activity:
    """Note that it took place; `text` is what it now says. Refused before its day."""
    deal, appointment = _lock(appointment, seen_version=seen_version)
    if timezone.localdate(appointment.at) > timezone.localdate():
        raise AppointmentAhead(_("This appointment is still ahead."))

    appointment.text = text
    _close(appointment, Activity.Status.HELD, actor)
    note_mentions(appointment, actor=actor)
    mirror_next_step(deal, appointment.lead_id)
    events.record("appointment.held", appointment, actor=actor)
    return appointment


@transaction.atomic
def mark_no_show(appointment: Activity, *, actor: User) -> Activity:
    """Note that the customer was not there; refused before its day. It stays agreed for the criterion."""
    deal, appointment = _lock(appointment)
    if timezone.localdate(appointment.at) > timezone.localdate():
        raise AppointmentAhead(_("This appointment is still ahead."))

    _close(appointment, Activity.Status.NO_SHOW, actor)
    mirror_next_step(deal, appointment.lead_id)
    events.record("appointment.missed", appointment, actor=actor)
    return appointment


@transaction.atomic
def cancel_appointment(appointment: Activity, *, actor: User) -> Activity:
    """Note that it will not take place; without another appointment the criterion is open again."""
    deal, appointment = _lock(appointment)

    _close(appointment, Activity.Status.CANCELLED, actor)
    follow_appointments(deal, actor=actor)
    mirror_next_step(deal, appointment.lead_id)
    events.record("appointment.cancelled", appointment, actor=actor)
    return appointment


@transaction.atomic
def reopen_appointment(appointment: Activity, *, actor: User) -> Activity:
    """Take back what was told of an appointment: it is agreed again, and the next step with it."""
    deal = locked_deal(appointment.deal_id)
    appointment = lock_activity(appointment)
    if not appointment.is_appointment:
        raise NotAnAppointment(_("This is not an appointment."))
    if appointment.is_agreed:
        return appointment

    appointment.status = Activity.Status.AGREED
    appointment.version += 1
    appointment.save(update_fields=["status", "version"])
    FollowUp.objects.filter(appointment=appointment).update(done_at=None, done_by=None)
    follow_appointments(deal, actor=actor)
    mirror_next_step(deal, appointment.lead_id)
    events.record("appointment.reopened", appointment, actor=actor)
    return appointment


def step_of(appointment: Activity) -> NextStep:
    """What the deal says of it as its next step."""
    begins = timezone.localtime(appointment.at)
    kind, text = FollowUp.Kind.VISIT, gettext("On-site appointment")
    if appointment.is_online:
        kind, text = FollowUp.Kind.OTHER, gettext("Online meeting")
    return NextStep(on=begins.date(), time=begins.time(), kind=kind, text=text)


def _lock(appointment: Activity, *, seen_version: int | None = None) -> tuple[Deal | None, Activity]:
    """The deal and the agreed appointment as they stand now."""
    deal = locked_deal(appointment.deal_id)
    appointment = lock_activity(appointment, seen_version=seen_version)
    if not appointment.is_appointment:
        raise NotAnAppointment(_("This is not an appointment."))
    if not appointment.is_agreed:
        raise AppointmentClosed(_("It has already been noted what became of this appointment."))
    return deal, appointment


def _close(appointment: Activity, status: Activity.Status, actor: User) -> None:
    appointment.status = status
    appointment.version += 1
    appointment.save(update_fields=["status", "text", "version"])
    end_with_appointment(appointment, actor=actor)
