"""What the tools keep of a person: imports what stood in a row before, rows that stayed outside and the file,
the admin what the rows it changed were called.
"""

from collections.abc import Iterator

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from imports.models import ImportDoubt, ImportFile, ImportReject, ImportRow
from privacy.cleaning import Traces
from privacy.holdings import Holdings
from privacy.uploads import naming_files

Changed = dict[str, object]
GONE = "(gelöscht)"


def brought_rows(held: Holdings, traces: Traces) -> Iterator[tuple[models.Model, Changed]]:
    """Rows of the tools about the person, with what erasure makes of them; files come last, once each."""
    for entry in _log_of(held):
        yield entry, {"object_repr": GONE, "change_message": ""}
    files: set[int] = set()
    for row in ImportRow.objects.filter(_touched(held)).order_by("pk"):
        files.add(row.file_id or 0)
        if row.before:
            yield row, {"before": {}}
    for reject in _saying(ImportReject, ["cells", "reason", "spoken"], held, traces):
        files.add(reject.file_id)
        yield reject, {"cells": [], "reason": GONE, "spoken": {}}
    for doubt in _saying(ImportDoubt, ["label", "details", "twin_label"], held, traces):
        files.add(doubt.file_id)
        yield doubt, {"label": GONE, "details": "", "twin_label": GONE}
    for file in ImportFile.objects.filter(pk__in=files).order_by("pk"):
        yield file, {"preview": _without_examples(file.preview)}
    for file in naming_files(traces, but=files):
        yield file, {"preview": _without_examples(file.preview)}


def _log_of(held: Holdings) -> Iterator[LogEntry]:
    """What the admin noted of the person's rows."""
    condition = Q(pk=None)
    for model, rows in held.rows.items():
        kind = ContentType.objects.get_for_model(model)
        condition |= Q(content_type=kind, object_id__in=[str(key) for key in rows])
    yield from LogEntry.objects.filter(condition).order_by("pk")


def _touched(held: Holdings) -> Q:
    condition = Q(pk=None)
    for model, rows in held.rows.items():
        condition |= Q(model=model._meta.label_lower, row__in=[key for key in rows if isinstance(key, int)])
    return condition


def _saying(
    model: type[ImportReject] | type[ImportDoubt], columns: list[str], held: Holdings, traces: Traces
) -> Iterator[ImportReject | ImportDoubt]:
    """Rows with a number or address of the person, or with both parts of the name, in cells of their own."""
    said = {f"said_{name}": Cast(name, TextField()) for name in columns}
    condition = Q(pk=None)
    for column in said:
        for trace in (*traces.names, *traces.numbers):
            condition |= Q(**{f"{column}__icontains": trace})
        for name in traces.names:
            first, _blank, last = name.partition(", ")
            if last:
                both = [f'"{part}"' for part in (first, last)]
                condition |= Q(*((f"{column}__contains", part) for part in both))
    yield from model._base_manager.alias(**said).filter(condition).order_by("pk")


def _without_examples(preview: dict[str, object]) -> dict[str, object]:
    columns = preview.get("columns")
    known = columns if isinstance(columns, list) else []
    bare = [{**column, "examples": [], "words": None} for column in known]
    return {**preview, "first": [], "columns": bare}
