"""The list as a file, and the columns in which it is shown."""

from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import Request
from core.addresses import page_before, split_address
from pipeline.actions import keep_columns, note_export
from pipeline.deal_export import export_deals
from pipeline.forms import ColumnsForm, ExportForm
from pipeline.views.answers import bad_request


@require_POST
def deals_export(request: Request) -> HttpResponse | FileResponse:
    """All deals under the filter of the list as a file, in its order and with its columns."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        return bad_request(form)

    file_format = form.cleaned_data["format"]

    export = export_deals(request.user, QueryDict(form.cleaned_data["query"]), file_format)
    note_export(request.user, rows=export.rows, file_format=file_format)

    return FileResponse(
        export.file, as_attachment=True, filename=export.name, content_type=export.content_type
    )


@require_POST
def deals_columns(request: Request) -> HttpResponse:
    """Show the list with these columns, now and when the user comes back."""
    form = ColumnsForm(request.POST)
    if not form.is_valid():
        return bad_request(form)
    names = form.names()

    keep_columns(request.user, names)

    page = reverse("pipeline:deal_list")
    query = QueryDict(split_address(page_before(request, otherwise=page)).query, mutable=True)
    query.pop("columns", None)
    if names:
        query["columns"] = names
    return redirect(f"{page}?{query.urlencode()}" if query else page)
