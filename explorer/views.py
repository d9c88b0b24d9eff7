"""Pages of the explorer."""

from django import forms
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from core.snapshot import snapshot
from explorer.files import words, write_table
from explorer.page import ExplorerPage
from explorer.pictures import draw
from explorer.records import read_records
from lists.actions import note_export
from lists.answers import bad_request
from lists.files import FORMATS
from lists.models import Taken
from reporting.actions import log_look
from reporting.scopes import visible_scopes


class FileForm(forms.Form):
    """The kind of file, and the question."""

    format = forms.ChoiceField(choices=[(name, name) for name in FORMATS])
    query = forms.CharField(required=False, max_length=8000)


@require_safe
def explorer(request: Request) -> HttpResponse:
    """The answer to a question: a table, with a picture of it."""
    with snapshot():
        page = _page(request, request.GET)
        return render(request, "explorer/explorer.html", {"page": page, "picture": draw(page)})


@require_safe
def records(request: Request) -> HttpResponse:
    """The rows behind a number."""
    with snapshot():
        behind = read_records(_page(request, request.GET), request.GET)
        return render(request, "explorer/records.html", {"behind": behind, "page": behind.page})


@require_POST
def file(request: Request) -> HttpResponse | FileResponse:
    """The table as a file; who takes it is noted."""
    form = FileForm(request.POST)
    if not form.is_valid():
        return bad_request(form)
    file_format = form.cleaned_data["format"]
    with snapshot():
        page = _page(request, QueryDict(form.cleaned_data["query"]))
        export = write_table(page, file_format)
        note_export(
            request.user, Taken.EXPLORER, rows=export.rows, file_format=file_format, asked=words(page)
        )
    return FileResponse(
        export.file, as_attachment=True, filename=export.name, content_type=export.content_type
    )


def _page(request: Request, query: QueryDict) -> ExplorerPage:
    """The question of an address; an admin who looks at single persons leaves a trace."""
    page = ExplorerPage(query, request.user, visible_scopes(request.user))
    if request.user.is_admin and page.shows_persons:
        log_look(request.user, rep=None, team_id=None)
    return page
