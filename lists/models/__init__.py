"""What users keep of their lists, and what they took out of them."""

from lists.models.export_log import ExportLog, Taken
from lists.models.list_columns import ListColumns
from lists.models.saved_view import SavedView, SavedViewQuerySet, StartView, ViewPage

__all__ = ["ExportLog", "ListColumns", "SavedView", "SavedViewQuerySet", "StartView", "Taken", "ViewPage"]
