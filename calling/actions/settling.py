"""What became of an entry: called, put last, left out."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.actions import About, CallFacts, Meeting, NextStep, after_the_call
from activities.models import Activity, FollowUp
from calling.errors import EntrySettled, EntryTaken
from calling.models import CallEntry
from core import events


@transaction.atomic
def call_entry(
    entry: CallEntry,
    about: About,
    facts: CallFacts,
    *,
    actor: User,
    meeting: Meeting | None = None,
    next_step: NextStep | None = None,
    form_key: UUID | None = None,
) -> Activity:
    """Log the call as on any other page, finish the follow-up that asked for it, and settle the entry.

    The same `form_key` again answers the call. EntryTaken when a colleague has the entry in hand by now,
    EntrySettled when it was settled in the meantime.
    """
    entry = _lock(entry)
    if form_key is not None and (said := Activity.objects.filter(form_key=form_key).first()):
        return said
    _refuse(entry, actor)
    call = after_the_call(
        about,
        facts,
        meeting=meeting,
        next_step=next_step,
        finishes=_open_follow_up(entry, actor),
        form_key=form_key,
        actor=actor,
    )
    entry.call = call
    _settle(entry, CallEntry.Outcome.CALLED, actor)
    return call


@transaction.atomic
def leave_out(entry: CallEntry, *, actor: User) -> CallEntry:
    """Take an entry off the list without a call; twice is a no-op."""
    entry = _lock(entry)
    if entry.outcome == CallEntry.Outcome.LEFT_OUT:
        return entry
    _refuse(entry, actor)
    return _settle(entry, CallEntry.Outcome.LEFT_OUT, actor)


@transaction.atomic
def put_last(entry: CallEntry, *, actor: User) -> CallEntry:
    """Come back to it at the end of the list."""
    entry = _lock(entry)
    _refuse(entry, actor)
    last = entry.call_list.entries.aggregate(last=Max("position"))["last"]
    entry.position, entry.claimed_by, entry.claimed_until = last + 1, None, None
    entry.save(update_fields=["position", "claimed_by", "claimed_until"])
    return entry


def _lock(entry: CallEntry) -> CallEntry:
    return CallEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)


def _refuse(entry: CallEntry, actor: User) -> None:
    if not entry.is_waiting:
        raise EntrySettled(_("This entry has been settled in the meantime. Nothing was saved yet."))
    if entry.claimed_by is not None and entry.claimed_by != actor:
        taken = _("%(name)s has this entry in hand by now. Please note the call on the page of the customer.")
        raise EntryTaken(taken % {"name": entry.claimed_by})


def _open_follow_up(entry: CallEntry, actor: User) -> FollowUp | None:
    """The planned call, if it is still open and the actor's to finish."""
    mine = FollowUp.objects.editable_by(actor).open().filter(appointment=None)
    return mine.filter(pk=entry.follow_up_id).first() if entry.follow_up_id else None


def _settle(entry: CallEntry, outcome: str, actor: User) -> CallEntry:
    entry.outcome, entry.settled_at, entry.settled_by = outcome, timezone.now(), actor
    entry.claimed_by = entry.claimed_until = None
    entry.save()
    events.record("call_entry.settled", entry, actor=actor, outcome=str(outcome))
    return entry
