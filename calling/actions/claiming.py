"""Who has which entry in hand: taken so that two never get the same, kept while one works, let go after."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from calling.errors import ListEnded
from calling.models import CallEntry, CallList
from calling.overtaking import is_overtaken

# A call with its notes; the open page keeps the entry on and on.
KEPT_FOR = timedelta(minutes=15)
# Leaving and loading the page anew look alike: the entry waits so long for whoever comes back.
LEFT_FOR = timedelta(seconds=30)


@transaction.atomic
def take_next(call_list: CallList, *, actor: User) -> CallEntry | None:
    """Give the actor the next free entry they may work on, and let go what they had in hand elsewhere.

    Who has one of this list in hand already gets it again. None when there is none left for them. An entry
    that a colleague is just taking is passed over without waiting (SKIP LOCKED); what nobody needs to call
    any more is settled on the way.
    """
    if not CallList.objects.running().filter(pk=call_list.pk).exists():
        raise ListEnded(_("This list has been ended."))
    # One after the other, should the same user ask twice at once.
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=actor.pk)
    held = CallEntry.objects.in_hand_of(actor).filter(call_list=call_list).first()
    if held is not None:
        return _keep(held)
    _let_go_expired(actor)
    passed: list[int] = []
    while (entry := _next_free(call_list, actor, passed)) is not None:
        if is_overtaken(entry):
            _settle_overtaken(entry)
        elif _claim(entry, actor):
            return entry
        passed.append(entry.pk)
    return None


@transaction.atomic
def keep_entry(entry: CallEntry, *, actor: User) -> bool:
    """Keep what one has in hand while its page is open; false when it is in another hand or settled."""
    mine = CallEntry.objects.waiting().filter(pk=entry.pk, claimed_by=actor)
    return bool(mine.update(claimed_until=timezone.now() + KEPT_FOR))


@transaction.atomic
def leave_entry(entry: CallEntry, *, actor: User, at_once: bool) -> bool:
    """Let go of an entry: at once, or shortly after, when the page may only be loaded anew."""
    mine = CallEntry.objects.waiting().filter(pk=entry.pk, claimed_by=actor)
    if at_once:
        return bool(mine.update(claimed_by=None, claimed_until=None))
    return bool(mine.update(claimed_until=timezone.now() + LEFT_FOR))


def _next_free(call_list: CallList, actor: User, passed: list[int]) -> CallEntry | None:
    waiting = call_list.entries.waiting().free().editable_by(actor).exclude(pk__in=passed)
    return waiting.order_by("position", "pk").select_for_update(skip_locked=True, of=("self",)).first()


def _claim(entry: CallEntry, actor: User) -> bool:
    """Whether it is in the actor's hand now; false when a colleague just took the same one elsewhere."""
    try:
        with transaction.atomic():
            entry.claimed_by, entry.claimed_until = actor, timezone.now() + KEPT_FOR
            entry.save(update_fields=["claimed_by", "claimed_until"])
    except IntegrityError:
        return False
    return True


def _keep(entry: CallEntry) -> CallEntry:
    entry.claimed_until = timezone.now() + KEPT_FOR
    entry.save(update_fields=["claimed_until"])
    return entry


def _settle_overtaken(entry: CallEntry) -> None:
    entry.outcome, entry.settled_at = CallEntry.Outcome.OVERTAKEN, timezone.now()
    entry.save(update_fields=["outcome", "settled_at"])


def _let_go_expired(actor: User) -> None:
    """Free what the actor had in hand, and what others had for too long."""
    held = CallEntry.objects.filter(claimed_by__isnull=False)
    CallEntry.objects.filter(claimed_by=actor).update(claimed_by=None, claimed_until=None)
    late = held.filter(claimed_until__lt=timezone.now()).select_for_update(skip_locked=True)
    keys = list(late.values_list("pk", flat=True))
    CallEntry.objects.filter(pk__in=keys).update(claimed_by=None, claimed_until=None)
