"""Making a call list, and ending it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.models import FollowUp
from calling.errors import NobodyToCall
from calling.models import CallEntry, CallList
from contacts.models import Company, Person
from core import events
from core.form_keys import wait_for_twin
from leads.models import Lead
from pipeline.models import Deal

# More than a team calls in a week; the list is written in one statement.
MOST_ENTRIES = 1000


@dataclass(frozen=True)
class Callee:
    """Somebody to be called: one of the four, and the follow-up that asks for it."""

    lead: Lead | None = None
    deal: Deal | None = None
    company: Company | None = None
    person: Person | None = None
    follow_up: FollowUp | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two of them the same."""
        return (self.lead, self.deal, self.company, self.person)


@transaction.atomic
def make_list(name: str, callees: Iterable[Callee], *, actor: User, form_key: UUID | None = None) -> CallList:
    """A list of these in this order, each once, at most MOST_ENTRIES; NobodyToCall without any.

    The same `form_key` again answers the list it made.
    """
    if form_key is not None:
        wait_for_twin(form_key)
        if made := CallList.objects.filter(form_key=form_key).first():
            return made
    once = {callee.key: callee for callee in reversed(list(islice(callees, MOST_ENTRIES)))}
    if not once:
        raise NobodyToCall(_("There is nobody to be called here."))
    made = CallList.objects.create(name=name[:120], owner=actor, form_key=form_key)
    CallEntry.objects.bulk_create(
        CallEntry(call_list=made, position=position, **vars(callee))
        for position, callee in enumerate(reversed(once.values()), start=1)
    )
    events.record("call_list.made", made, actor=actor, entries=len(once))
    return made


@transaction.atomic
def end_list(call_list: CallList, *, actor: User) -> CallList:
    """End a list; what is in somebody's hand is let go. Ending it twice is a no-op."""
    call_list = CallList.objects.select_for_update(of=("self",)).get(pk=call_list.pk)
    if not call_list.is_running:
        return call_list
    call_list.ended_at = timezone.now()
    call_list.save(update_fields=["ended_at"])
    call_list.entries.filter(claimed_by__isnull=False).update(claimed_by=None, claimed_until=None)
    events.record("call_list.ended", call_list, actor=actor)
    return call_list
