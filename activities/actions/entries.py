"""Calls, notes and letters, and the correcting and removing of any activity."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.actions.criteria import follow_appointments
from activities.actions.follow_ups import end_with_appointment, mirror_next_step
from activities.actions.guests import Guests, set_guests
from activities.actions.links import About, locked_deal
from activities.actions.mentions import note_mentions
from activities.errors import ActivityEditedMeanwhile
from activities.models import Activity, FollowUp
from contacts.actions import note_use
from contacts.models import BuyingRole, Means, Person
from core import events
from leads.actions import note_contact
from pipeline.actions import name_person


@dataclass(frozen=True)
class CallFacts:
    """How a call went."""

    result: str
    text: str = ""
    direction: str = Activity.Direction.OUTBOUND
    at: datetime | None = None
    duration_minutes: int | None = None


@transaction.atomic
def log_call(about: About, facts: CallFacts, *, actor: User, form_key: UUID | None = None) -> Activity:
    """Record a call with its result; anyone who sees the deal may.

    Reaching the decision maker names the person of the call as such in the deal's buying centre.
    The same `form_key` again answers the call it wrote.
    """
    deal = locked_deal(about.deal.pk if about.deal else None)
    call, is_new = write_once(
        form_key,
        {
            **about.links(),
            "kind": Activity.Kind.CALL,
            "author": actor,
            "result": facts.result,
            "direction": facts.direction,
            "text": facts.text,
            "at": facts.at or timezone.now(),
            "duration_minutes": facts.duration_minutes,
        },
    )
    if not is_new:
        return call
    called = call.person or call.company
    if called is not None and call.direction == Activity.Direction.OUTBOUND:
        note_use(called, Means.PHONE, at=call.at, actor=actor)
    note_lead_contact(call, actor=actor)
    if call.result == Activity.Result.DECISION_MAKER and about.person and deal and deal.is_open:
        name_person(deal, about.person, BuyingRole.DECISION_MAKER, actor=actor)
    note_mentions(call, actor=actor)
    events.record("activity.logged", call, actor=actor, activity_kind=call.kind, result=call.result)
    return call


@transaction.atomic
def write_note(
    about: About, text: str, *, actor: User, at: datetime | None = None, form_key: UUID | None = None
) -> Activity:
    """Write a note; anyone who sees the deal may. The same `form_key` again answers the note it wrote."""
    note, is_new = write_once(
        form_key,
        {
            **about.links(),
            "kind": Activity.Kind.NOTE,
            "author": actor,
            "text": text,
            "at": at or timezone.now(),
        },
    )
    if is_new:
        note_mentions(note, actor=actor)
        events.record("activity.logged", note, actor=actor, activity_kind=note.kind)
    return note


@dataclass(frozen=True)
class LetterFacts:
    """Who wrote to whom, and what."""

    direction: str
    subject: str
    text: str = ""
    at: datetime | None = None


@transaction.atomic
def log_letter(about: About, facts: LetterFacts, *, actor: User, form_key: UUID | None = None) -> Activity:
    """Put a letter on the timeline. The same `form_key` again answers what it wrote."""
    letter, is_new = write_once(
        form_key,
        {
            **about.links(),
            "kind": Activity.Kind.LETTER,
            "author": actor,
            "direction": facts.direction,
            "subject": facts.subject,
            "text": facts.text,
            "at": facts.at or timezone.now(),
        },
    )
    if is_new:
        note_lead_contact(letter, actor=actor)
        note_mentions(letter, actor=actor)
        events.record("activity.logged", letter, actor=actor, activity_kind=letter.kind)
    return letter


@dataclass(frozen=True)
class Correction:
    """What an activity is to say; fields that its kind does not have are left alone."""

    at: datetime
    text: str
    person: Person | None = None
    result: str = ""
    direction: str = ""
    ends_at: datetime | None = None
    place: str = ""
    subject: str = ""
    duration_minutes: int | None = None
    guests: Guests | None = None


@transaction.atomic
def edit_activity(activity: Activity, correction: Correction, *, seen_version: int, actor: User) -> Activity:
    """Correct what was written; moving an agreed appointment moves its follow-up and the date on the card.

    `seen_version` is the version the form was opened with; ActivityEditedMeanwhile when someone saved since.
    """
    deal = locked_deal(activity.deal_id)
    activity = lock_activity(activity, seen_version=seen_version)

    activity.at, activity.text, activity.person = correction.at, correction.text, correction.person
    if activity.is_call:
        activity.result, activity.direction = correction.result, correction.direction
        activity.duration_minutes = correction.duration_minutes
    if activity.is_written:
        activity.direction, activity.subject = correction.direction, correction.subject
    if activity.is_appointment:
        activity.ends_at, activity.place = correction.ends_at, correction.place
        set_guests(activity, correction.guests)
    activity.version += 1
    activity.edited_at = timezone.now()
    activity.save()
    if activity.is_appointment:
        begins = timezone.localtime(activity.at)
        FollowUp.objects.filter(appointment=activity).update(
            due_on=begins.date(), due_time=begins.time(), version=F("version") + 1
        )
        follow_appointments(deal, actor=actor)
        mirror_next_step(deal, activity.lead_id)
    note_mentions(activity, actor=actor)
    events.record("activity.edited", activity, actor=actor)
    return activity


@transaction.atomic
def remove_activity(activity: Activity, *, actor: User) -> Activity:
    """Take an activity off every timeline; the row stays and can be restored. Twice is a no-op."""
    deal = locked_deal(activity.deal_id)
    activity = lock_activity(activity)
    if activity.removed_at is None:
        activity.removed_at = timezone.now()
        activity.save(update_fields=["removed_at"])
        if activity.is_appointment:
            end_with_appointment(activity, actor=actor)
            follow_appointments(deal, actor=actor)
            mirror_next_step(deal, activity.lead_id)
        events.record("activity.removed", activity, actor=actor)
    return activity


@transaction.atomic
def restore_activity(activity: Activity, *, actor: User) -> Activity:
    """Bring a removed activity back, with the next step of an appointment that is still agreed."""
    deal = locked_deal(activity.deal_id)
    activity = lock_activity(activity)
    if activity.removed_at is not None:
        activity.removed_at = None
        activity.save(update_fields=["removed_at"])
        if activity.is_agreed:
            FollowUp.objects.filter(appointment=activity).update(done_at=None, done_by=None)
        if activity.is_appointment:
            follow_appointments(deal, actor=actor)
            mirror_next_step(deal, activity.lead_id)
        events.record("activity.restored", activity, actor=actor)
    return activity


def note_lead_contact(activity: Activity, *, actor: User | None) -> None:
    """Tell the lead it is about, if any, that there was contact; what we did ourselves is an answer."""
    if activity.lead is not None:
        is_ours = activity.direction != Activity.Direction.INBOUND
        note_contact(activity.lead, at=min(activity.at, timezone.now()), is_ours=is_ours, actor=actor)


def lock_activity(activity: Activity, *, seen_version: int | None = None) -> Activity:
    """The activity as it stands now, locked; ActivityEditedMeanwhile when that is not `seen_version`."""
    fresh = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if seen_version is not None and fresh.version != seen_version:
        raise ActivityEditedMeanwhile(
            _("Someone else has changed this entry in the meantime. Nothing was saved yet.")
        )
    return fresh


def write_once(form_key: UUID | None, values: dict[str, object]) -> tuple[Activity, bool]:
    """A new activity, or the one that this form wrote before."""
    if form_key is None:
        return Activity.objects.create(**values), True
    return Activity.objects.get_or_create(form_key=form_key, defaults=values)
