"""What people decide about pairs that may be one."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.errors import PairMerged
from contacts.models import DuplicatePair
from core import events


@transaction.atomic
def decide_pair(pair: DuplicatePair, state: str, *, actor: User) -> DuplicatePair:
    """Say that two rows are no duplicates, put the pair off, or take that back; twice is a no-op.

    "No duplicate" holds for good: the search leaves the pair alone. PairMerged when they are one.
    """
    pair = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    if pair.state == DuplicatePair.State.MERGED:
        raise PairMerged(_("These two entries were merged in the meantime."))
    if pair.state != state:
        pair.state, pair.by, pair.at = DuplicatePair.State(state), actor, timezone.now()
        pair.save(update_fields=["state", "by", "at"])
        events.record("duplicate.decided", pair, actor=actor, state=state)
    return pair
