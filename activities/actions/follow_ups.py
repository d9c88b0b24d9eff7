"""Follow-ups: planned, postponed, done, reopened; the earliest open one is its deal's next step.

Every change of a deal's follow-ups locks the deal and writes the mirror anew (`next_step`, `next_step_on`);
a lead mirrors the earliest of its own in the same way until it has become a deal.

Winning or losing a deal closes no follow-up: after a win something is to be delivered, after a loss there is
often a day to ask again, and nobody's plan disappears unasked. They stay in "Today", marked with the outcome,
and end by the usual one key; the mirror goes on to name the earliest of them, so that it is right when the
deal is reopened.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from activities.actions.links import About, locked_deal
from activities.errors import FollowUpDone, FollowUpEditedMeanwhile, FollowUpOfAppointment
from activities.models import Activity, FollowUp
from activities.recurrence import next_day
from activities.reminders import reminder_moment
from core import events
from leads import actions as leads
from leads.models import Lead
from pipeline.actions import set_next_step
from pipeline.models import Deal

# What every follow-up of a series has in common.
OF_A_SERIES = (
    "kind",
    "text",
    "due_time",
    "owner",
    "company",
    "person",
    "deal",
    "lead",
    "repeats",
    "repeats_until",
    "repeats_from",
)


@dataclass(frozen=True)
class NextStep:
    """What is to be done on a day."""

    on: dt.date
    kind: str = FollowUp.Kind.CALL
    text: str = ""
    time: dt.time | None = None
    owner: User | None = None
    repeats: str = ""
    repeats_until: dt.date | None = None
    remind_minutes: int | None = None


@transaction.atomic
def plan_follow_up(
    about: About,
    step: NextStep,
    *,
    actor: User,
    appointment: Activity | None = None,
    form_key: UUID | None = None,
) -> FollowUp:
    """Plan something to be done; the owner is the one named, else the deal's or the lead's, else the actor.

    The same `form_key` again answers the follow-up it wrote.
    """
    deal = locked_deal(about.deal.pk if about.deal else None)
    owner = step.owner or (deal.owner if deal else about.lead.owner if about.lead else None) or actor
    values = {
        **about.links(),
        "kind": step.kind,
        "text": step.text or str(FollowUp.Kind(step.kind).label),
        "due_on": step.on,
        "due_time": step.time,
        **_series(step),
        **_reminder(step.on, step.time, step.remind_minutes),
        "owner": owner,
        "appointment": appointment,
    }
    follow_up, is_new = _written_once(form_key, values)
    if is_new:
        events.record("followup.planned", follow_up, actor=actor)
        mirror_next_step(deal, follow_up.lead_id)
    return follow_up


@transaction.atomic
def edit_follow_up(follow_up: FollowUp, step: NextStep, *, seen_version: int, actor: User) -> FollowUp:
    """Change what is to be done, when, and by whom.

    `seen_version` is the version the form was opened with; FollowUpEditedMeanwhile when someone saved since.
    """
    deal, follow_up = _lock(follow_up)
    _refuse_done(follow_up)
    _refuse_appointment(follow_up)
    _refuse_stale(follow_up, seen_version)

    follow_up.kind, follow_up.due_on, follow_up.due_time = step.kind, step.on, step.time
    follow_up.text = step.text or str(FollowUp.Kind(step.kind).label)
    follow_up.owner = step.owner or follow_up.owner
    if (step.repeats, step.repeats_until) != (follow_up.repeats, follow_up.repeats_until):
        _take_over(follow_up, _series(step))
    follow_up.remind_minutes = step.remind_minutes
    _remind_anew(follow_up)
    follow_up.version += 1
    follow_up.save()
    events.record("followup.edited", follow_up, actor=actor)
    mirror_next_step(deal, follow_up.lead_id)
    return follow_up


@transaction.atomic
def postpone_follow_up(
    follow_up: FollowUp, to: dt.date, *, actor: User, seen_version: int | None = None
) -> FollowUp:
    """Move it to another day, the time of day stays; to the day it already has is a no-op.

    FollowUpEditedMeanwhile when someone changed it since `seen_version`, if that is told.
    """
    deal, follow_up = _lock(follow_up)
    _refuse_done(follow_up)
    _refuse_appointment(follow_up)
    if follow_up.due_on == to:
        return follow_up
    _refuse_stale(follow_up, seen_version)

    follow_up.due_on = to
    _remind_anew(follow_up)
    follow_up.version += 1
    follow_up.save(update_fields=["due_on", "version", "remind_at", "reminded_at"])
    events.record("followup.postponed", follow_up, actor=actor)
    mirror_next_step(deal, follow_up.lead_id)
    return follow_up


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, *, actor: User) -> FollowUp:
    """Note that it is done; doing it twice is a no-op. A repeated one plans the next of its series."""
    deal, follow_up = _lock(follow_up)
    _refuse_appointment(follow_up)
    if follow_up.is_open:
        _finish(follow_up, actor)
        _plan_successor(follow_up)
        events.record("followup.done", follow_up, actor=actor)
        mirror_next_step(deal, follow_up.lead_id)
    return follow_up


@transaction.atomic
def reopen_follow_up(follow_up: FollowUp, *, actor: User) -> FollowUp:
    """Take "done" back; an open one stays as it is. The next of its series goes, if nobody touched it."""
    deal, follow_up = _lock(follow_up)
    _refuse_appointment(follow_up)
    if not follow_up.is_open:
        FollowUp.objects.filter(follows=follow_up, done_at=None, version=1).delete()
        follow_up.done_at, follow_up.done_by = None, None
        follow_up.save(update_fields=["done_at", "done_by"])
        events.record("followup.reopened", follow_up, actor=actor)
        mirror_next_step(deal, follow_up.lead_id)
    return follow_up


@transaction.atomic
def hand_over_follow_ups(of: User, to: User, *, actor: User) -> int:
    """Give a leaving colleague's open follow-ups to another; answer how many. Next steps of deals stay."""
    count = FollowUp.objects.filter(owner=of, done_at=None).update(owner=to, version=F("version") + 1)
    if count:
        events.record("followups.handed_over", to, actor=actor, count=count)
    return count


def mirror_next_step(deal: Deal | None, lead_id: int | None = None) -> None:
    """Write the earliest open follow-up (date, then time) of a locked deal, or else of a lead, into it."""
    if deal is not None:
        earliest = FollowUp.objects.filter(deal=deal).open().first()
        set_next_step(deal, step_text(earliest), earliest.due_on if earliest else None)
    if lead_id is not None:
        # Locked before it is read, so that of two changes at once the later one sees both.
        lead = Lead.objects.select_for_update(of=("self",)).get(pk=lead_id)
        earliest = FollowUp.objects.filter(lead=lead, deal=None).open().first()
        leads.set_next_step(lead, step_text(earliest), earliest.due_on if earliest else None)


def step_text(follow_up: FollowUp | None) -> str:
    """What the deal says of its next step; one without words is named by its kind, in the site's language."""
    if follow_up is None:
        return ""
    with override(settings.LANGUAGE_CODE):
        return follow_up.text or str(follow_up.get_kind_display())


def end_with_appointment(appointment: Activity, *, actor: User) -> None:
    """Finish the follow-up that stands for an appointment; the caller has locked the deal and mirrors."""
    standing = FollowUp.objects.select_for_update().filter(appointment=appointment, done_at=None).first()
    if standing is not None:
        _finish(standing, actor)


def _finish(follow_up: FollowUp, actor: User) -> None:
    follow_up.done_at, follow_up.done_by = timezone.now(), actor
    follow_up.save(update_fields=["done_at", "done_by"])


def _series(step: NextStep) -> dict[str, object]:
    is_repeated = bool(step.repeats)
    return {
        "repeats": step.repeats,
        "repeats_until": step.repeats_until if is_repeated else None,
        "repeats_from": step.on if is_repeated else None,
    }


def _reminder(on: dt.date, clock: dt.time | None, minutes: int | None) -> dict[str, object]:
    return {"remind_minutes": minutes, "remind_at": reminder_moment(on, clock, minutes)}


def _take_over(follow_up: FollowUp, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(follow_up, name, value)


def _remind_anew(follow_up: FollowUp) -> None:
    """Another day or time is another reminder, if it still lies ahead or was not given yet."""
    before = follow_up.remind_at
    follow_up.remind_at = reminder_moment(follow_up.due_on, follow_up.due_time, follow_up.remind_minutes)
    if follow_up.remind_at is None or follow_up.remind_at != before:
        follow_up.reminded_at = None


def _plan_successor(done: FollowUp) -> None:
    """The next one of a series: after its own day, and not in the past."""
    if not done.repeats or done.repeats_from is None:
        return
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    after = max(done.due_on, yesterday)
    day = next_day(done.repeats, done.repeats_from, after, done.repeats_until, done.owner.works_in)
    if day is None:
        return
    kept = {name: getattr(done, name) for name in OF_A_SERIES}
    reminder = _reminder(day, done.due_time, done.remind_minutes)
    FollowUp.objects.get_or_create(follows=done, defaults={**kept, **reminder, "due_on": day})


def _written_once(form_key: UUID | None, values: dict[str, object]) -> tuple[FollowUp, bool]:
    if form_key is None:
        return FollowUp.objects.create(**values), True
    return FollowUp.objects.get_or_create(form_key=form_key, defaults=values)


def _lock(follow_up: FollowUp) -> tuple[Deal | None, FollowUp]:
    """The deal, then the follow-up, as they stand now; always in this order."""
    deal = locked_deal(follow_up.deal_id)
    fresh = FollowUp.objects.select_for_update(of=("self",)).select_related("owner").get(pk=follow_up.pk)
    return deal, fresh


def _refuse_done(follow_up: FollowUp) -> None:
    if not follow_up.is_open:
        raise FollowUpDone(_("This follow-up has been done already."))


def _refuse_stale(follow_up: FollowUp, seen_version: int | None) -> None:
    if seen_version is not None and follow_up.version != seen_version:
        raise FollowUpEditedMeanwhile(
            _("Someone else has changed this entry in the meantime. Nothing was saved yet.")
        )


def _refuse_appointment(follow_up: FollowUp) -> None:
    if follow_up.appointment_id is not None:
        raise FollowUpOfAppointment(
            _("This next step is an appointment; please change the appointment itself.")
        )
