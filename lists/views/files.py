"""A list as a file, the log of the files taken, and the columns in which a list is shown."""

from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from core.addresses import page_before, split_address
from core.pagination import keyset_page
from lists.actions import keep_columns, note_export
from lists.answers import bad_request
from lists.files import write_export
from lists.forms import ColumnsForm, ExportForm
from lists.models import ExportLog
from lists.pages import table_page
from lists.saved_views import Question


@require_POST
def list_export(request: Request, page: str) -> HttpResponse | FileResponse:
    """All rows of the list's filter, or the chosen ones, as a file, in its order and with its columns."""
    shown, table = table_page(page)
    form = ExportForm(request.POST, table.formats)
    if not form.is_valid():
        return bad_request(form)
    query, chosen = QueryDict(form.cleaned_data["query"]), form.cleaned_data["rows"]
    question, columns = Question(shown.code, shown.read(query, request.user)), table.columns()
    rows = table.rows.visible_to(request.user).filter(pk__in=chosen) if chosen else question.filter.qs
    ordered = table.exported(rows).order_by(*columns.order_of(columns.known_sort(query.get("sort", ""))))
    file_format = form.cleaned_data["format"]

    outs = table.outs(columns.read(request.user, query))
    export = write_export(ordered, outs, table.formats[file_format], str(table.file_name))
    note_export(
        request.user,
        shown.code,
        rows=export.rows,
        file_format=file_format,
        asked="" if chosen else " · ".join(question.words),
        is_selection=bool(chosen),
    )

    return FileResponse(
        export.file, as_attachment=True, filename=export.name, content_type=export.content_type
    )


@require_GET
def export_log(request: Request) -> HttpResponse:
    """The files that were taken out, as far as the user may know of them, newest first."""
    rows = ExportLog.objects.visible_to(request.user).select_related("by")
    page = keyset_page(rows, ("-at", "-id"), request.GET.get("cursor", ""))
    return render(request, "lists/export_log.html", {"page": page})


@require_POST
def list_columns(request: Request, page: str) -> HttpResponse:
    """Show the list with these columns, now and when the user comes back."""
    shown, table = table_page(page)
    form = ColumnsForm(request.POST, table.columns())
    if not form.is_valid():
        return bad_request(form)
    names = form.names()

    keep_columns(request.user, shown.code, names)

    url = shown.code.url
    query = QueryDict(split_address(page_before(request, otherwise=url)).query, mutable=True)
    query.pop("columns", None)
    if names:
        query["columns"] = names
    return redirect(f"{url}?{query.urlencode()}" if query else url)
