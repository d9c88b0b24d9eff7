"""Tables of call lists."""

from calling.models.call_list import CallList, CallListQuerySet
from calling.models.entry import CallEntry, CallEntryQuerySet

__all__ = ["CallEntry", "CallEntryQuerySet", "CallList", "CallListQuerySet"]
