"""Every write of lists: columns a user chose, files they took, views they keep."""

from lists.actions.keeping import keep_columns, note_export
from lists.actions.saved_views import (
    clear_start_view,
    delete_view,
    rename_view,
    replace_query,
    save_view,
    set_start_view,
    share_view,
    start_with_today,
    unshare_view,
)

__all__ = [
    "clear_start_view",
    "delete_view",
    "keep_columns",
    "note_export",
    "rename_view",
    "replace_query",
    "save_view",
    "set_start_view",
    "share_view",
    "start_with_today",
    "unshare_view",
]
