"""The audit of personal and master data: what a row said before each change and before its deletion.

Together with the row as it stands, that is everything it ever said; who changed it stands in the context.
"""

from collections.abc import Callable, Sequence

import pghistory
from django.db import models

CHANGED = "before_update"


def audited(*, leaving_out: Sequence[str] = ()) -> Callable[[type[models.Model]], type[models.Model]]:
    """Let the database keep the past of a model's rows; columns that follow from others are left out."""
    return pghistory.track(
        pghistory.UpdateEvent(CHANGED, row=pghistory.Old), pghistory.DeleteEvent(), exclude=list(leaving_out)
    )
