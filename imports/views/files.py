"""One file of an import: how it is read, which column is what, what its words mean, what was rejected."""

import io

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from core.table_files import write_csv
from imports import actions
from imports.forms import ColumnsForm, ReadForm, ValuesForm
from imports.kinds import TableKind, kinds_for
from imports.models import Import, ImportFile
from imports.rejects import Reject, rejects_table
from imports.running import users_by_name
from lists.actions import note_export
from lists.models import Taken

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
def file_read(request: Request, pk: int) -> HttpResponse:
    """The first rows of a file, and how it was read; another way of reading it may be said."""
    file = _file(request, pk)
    form = ReadForm(file, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["table"]
        return redirect(actions.read_again(file, table=table, given=form.given(), actor=request.user))
    return _page(request, "imports/file_read.html", file, form)


@require_http_methods(["GET", "POST"])
def file_columns(request: Request, pk: int) -> HttpResponse:
    """Which column is which field."""
    file = _file(request, pk)
    form = ColumnsForm(file, _kind(request, file), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.map_columns(file, form.columns(), form.cleaned_data["key"], actor=request.user)
        return redirect("imports:file_values", file.pk)
    return _page(request, "imports/file_columns.html", file, form)


@require_http_methods(["GET", "POST"])
def file_values(request: Request, pk: int) -> HttpResponse:
    """What the words of a file mean here, with how often each stands there."""
    file = _file(request, pk)
    data = request.POST if request.method == "POST" else None
    form = ValuesForm(file, _kind(request, file), users_by_name(), data)
    if request.method == "POST" and form.is_valid():
        actions.map_values(file, form.values(), actor=request.user)
        return redirect(file.run)
    return _page(request, "imports/file_values.html", file, form)


@require_POST
def file_rejects(request: Request, pk: int) -> HttpResponse:
    """The rejected rows with line and reason, to correct and bring in again; noted as every export."""
    file = get_visible(ImportFile.objects, request.user, pk)
    rejects = [Reject(row.line, row.cells, row.reason_heard) for row in file.rejects.all()]
    headers, rows = rejects_table(file.preview.get("headers", []), rejects)
    content = io.BytesIO()
    write_csv(content, headers, rows)
    # Files may be called after persons: the log names the import by its number.
    asked = f"{Import._meta.verbose_name} {file.run_id}"
    note_export(request.user, Taken.REJECTS, rows=len(rows), file_format="csv", asked=asked)
    response = HttpResponse(content.getvalue(), content_type="text/csv; charset=utf-8")
    name = slugify(f"{_('rejected')}-{file.name.rpartition('.')[0] or file.name}") or "rejected"
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _file(request: Request, pk: int) -> ImportFile:
    return get_editable(ImportFile.objects.select_related("run__job", "run__actor"), request.user, pk)


def _kind(request: Request, file: ImportFile) -> TableKind:
    kind = kinds_for(request.user).get(file.table)
    if kind is None:
        raise Http404
    return kind


def _page(request: Request, template: str, file: ImportFile, form: object) -> HttpResponse:
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, template, {"file": file, "brought": file.run, "form": form}, status=status)
