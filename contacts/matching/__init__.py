"""Which companies or persons may be one: what of them is compared, and how alike two of them are.

Pure functions on records, without database: the same for what a user is typing, for the search by night and
for a file. docs/duplicates.md says what the scores mean and how well they tell.
"""

from contacts.matching.keys import block_keys, telling_keys
from contacts.matching.records import Place, Record
from contacts.matching.scores import Match, compare

__all__ = ["Match", "Place", "Record", "block_keys", "compare", "telling_keys"]
