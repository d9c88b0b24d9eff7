"""Making two companies, or two persons, one; and two again."""

from contacts.merging.merge import merge
from contacts.merging.stragglers import gather_stragglers
from contacts.merging.survivors import survivor_of
from contacts.merging.undo import Undone, undo_merge

__all__ = ["Undone", "gather_stragglers", "merge", "survivor_of", "undo_merge"]
