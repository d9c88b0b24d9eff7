"""When nobody needs to call an entry any more: what it was about is over, or somebody has called since."""

from activities.models import Activity
from calling.models import CallEntry
from contacts.models import Company, Person
from leads.models import Lead
from pipeline.models import Deal


def is_overtaken(entry: CallEntry) -> bool:
    """Closed, archived, its follow-up done, or called by somebody since the list was made."""
    if entry.follow_up is not None and not entry.follow_up.is_open:
        return True
    return _is_over(entry.subject) or _was_called(entry)


def _is_over(subject: Lead | Deal | Company | Person) -> bool:
    if isinstance(subject, Lead | Deal):
        return not subject.is_open or subject.voided_at is not None
    if isinstance(subject, Person) and subject.restricted_at is not None:
        return True
    return subject.archived_at is not None


def _was_called(entry: CallEntry) -> bool:
    """A call of ours, logged on any page; one of theirs changes nothing."""
    calls = Activity.objects.filter(
        kind=Activity.Kind.CALL,
        direction=Activity.Direction.OUTBOUND,
        removed_at=None,
        at__gt=entry.call_list.made_at,
    )
    return calls.filter(**{entry.subject_kind: entry.subject}).exists()
