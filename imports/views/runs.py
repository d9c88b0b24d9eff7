"""Imports as a whole: bringing files, checking, running, undoing."""

import io

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from core.pagination import keyset_page
from core.table_files import write_csv
from imports import actions
from imports.doubt_page import shown
from imports.examples import example_rows
from imports.forms import DoubtsForm, SettleForm, UploadForm
from imports.kinds import kinds_for
from imports.models import Import, ImportDoubt
from imports.overview import overview

UNPROCESSABLE = 422
MOST_DOUBTS = 25


@require_GET
def import_list(request: Request) -> HttpResponse:
    """What was brought in, newest first, and the form to bring in more."""
    return _list(request, UploadForm())


@require_POST
def import_add(request: Request) -> HttpResponse:
    """Bring in files: they are kept and read in the background."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=UNPROCESSABLE)
    files = [(file.name or "", file) for file in form.cleaned_data["files"]]
    brought = actions.bring_files(files, as_of=form.cleaned_data["as_of"], actor=request.user)
    return redirect(brought)


@require_GET
def import_detail(request: Request, pk: int) -> HttpResponse:
    """One import: its files, what they hold, what is to be done next, and what became of it."""
    brought = get_visible(Import.objects.select_related("actor", "job"), request.user, pk)
    return render(request, "imports/import_detail.html", overview(brought, SettleForm(brought)))


@require_POST
def import_settle(request: Request, pk: int) -> HttpResponse:
    """Say where the data comes from, of which day it is, and what is done with doubtful rows."""
    brought = get_editable(Import.objects.select_related("actor", "job"), request.user, pk)
    form = SettleForm(brought, request.POST)
    if not form.is_valid():
        fresh = get_editable(Import.objects.select_related("actor", "job"), request.user, pk)
        page = "imports/import_detail.html"
        return render(request, page, overview(fresh, form), status=UNPROCESSABLE)
    actions.settle(brought, **form.cleaned_data, actor=request.user)
    return redirect(brought)


@require_http_methods(["GET", "POST"])
def import_doubts(request: Request, pk: int) -> HttpResponse:
    """Rows that may be someone we know, to be decided one by one."""
    brought = get_editable(Import.objects.select_related("job", "actor"), request.user, pk)
    rows = ImportDoubt.objects.visible_to(request.user).filter(file__run=brought).select_related("file__run")
    page = keyset_page(rows.order_by(), ("id",), request.GET.get("cursor", ""), size=MOST_DOUBTS)
    form = DoubtsForm(page.rows, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.decide(page.rows, form.decisions(), actor=request.user)
        following = f"?cursor={page.next_cursor}" if page.next_cursor else ""
        return redirect(f"{request.path}{following}" if following else brought.get_absolute_url())
    context = {"brought": brought, "form": form, "page": page, "rows": shown(form.rows())}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "imports/import_doubts.html", context, status=status)


@require_POST
def import_check(request: Request, pk: int) -> HttpResponse:
    """Find out what the import would do."""
    return redirect(actions.check(get_editable(Import.objects, request.user, pk), actor=request.user))


@require_POST
def import_run(request: Request, pk: int) -> HttpResponse:
    """Take everything in."""
    return redirect(actions.run(get_editable(Import.objects, request.user, pk), actor=request.user))


@require_POST
def import_undo(request: Request, pk: int) -> HttpResponse:
    """Take the whole import back."""
    return redirect(actions.undo(get_editable(Import.objects, request.user, pk), actor=request.user))


@require_POST
def import_discard(request: Request, pk: int) -> HttpResponse:
    """Throw away an import that was never run."""
    actions.discard(get_editable(Import.objects, request.user, pk), actor=request.user)
    return redirect("imports:import_list")


@require_GET
def import_template(request: Request, table: str) -> HttpResponse:
    """A table with all columns that one may have and a few rows that show how it is filled in."""
    kind = kinds_for(request.user).get(table)
    if kind is None:
        raise Http404
    file = io.BytesIO()
    columns = kind.columns()
    write_csv(file, [str(column.label) for column in columns], example_rows(table, columns))
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    return response


def _list(request: Request, form: UploadForm, *, status: int = 200) -> HttpResponse:
    rows = Import.objects.visible_to(request.user).select_related("actor", "job").order_by()
    page = keyset_page(rows, ("-id",), request.GET.get("cursor", ""))
    kinds = list(kinds_for(request.user).values())
    context = {"page": page, "form": form, "kinds": kinds}
    return render(request, "imports/import_list.html", context, status=status)
