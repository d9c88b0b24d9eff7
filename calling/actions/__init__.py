"""Every write to call lists: object first, the rest by keyword, the actor always named."""

from calling.actions.claiming import keep_entry, leave_entry, take_next
from calling.actions.lists import MOST_ENTRIES, Callee, end_list, make_list
from calling.actions.settling import call_entry, leave_out, put_last

__all__ = [
    "MOST_ENTRIES",
    "Callee",
    "call_entry",
    "end_list",
    "keep_entry",
    "leave_entry",
    "leave_out",
    "make_list",
    "put_last",
    "take_next",
]
