"""Call lists: what there is to call, starting a list, ending it."""

from collections.abc import Iterator
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from calling.actions import MOST_ENTRIES, Callee, end_list, make_list, take_next
from calling.forms import NameForm, StartForm
from calling.models import CallList
from calling.sources import (
    FOLLOW_UPS,
    INBOX,
    callees,
    due_callees,
    inbox_callees,
    name_of,
    page_of,
    sources,
    view_callees,
)
from core.pagination import keyset_page
from core.templatetags.dates import short_date, today
from lists.answers import ask, bad_request
from lists.choices import read_choice
from lists.models import SavedView

PAGE_SIZE = 20


@require_GET
def call_lists(request: Request) -> HttpResponse:
    """What a list can be made of, and the lists of oneself and the team."""
    lists = CallList.objects.visible_to(request.user).running().select_related("owner").with_progress()
    page = keyset_page(lists, ("-made_at", "-id"), request.GET.get("cursor", ""), size=PAGE_SIZE)
    context = {"page": page, "sources": sources(request.user), "form_key": uuid4()}
    return render(request, "calling/call_lists.html", context)


@require_POST
def list_start(request: Request) -> HttpResponse:
    """Make a list of a source and take the first entry in hand."""
    form = StartForm(request.POST)
    if not form.is_valid():
        return bad_request(form)
    name, found = _chosen(request, form.cleaned_data["source"])

    made = make_list(name, found, form_key=form.cleaned_data["form_key"], actor=request.user)
    take_next(made, actor=request.user)

    return redirect(made)


@require_http_methods(["GET", "POST"])
def rows_call(request: Request, code: str) -> HttpResponse:
    """Make a list of the rows chosen in a list, and take the first entry in hand."""
    page = page_of(code)
    if page is None:
        raise Http404
    is_asked = request.method == "GET"
    choice = read_choice(page, request.user, request.GET if is_asked else request.POST, most=MOST_ENTRIES)
    form = NameForm(None if is_asked else request.POST, initial={"name": name_of(page)})
    if not form.is_valid():
        fields, title = "calling/_name_fields.html", _("Call one after the other")
        note = _("Colleagues of your team can work through the list, too; nobody gets an entry twice.")
        return ask(request, choice, form, fields, title=title, submit_label=_("Start calling"), note=note)
    given = form.cleaned_data

    rows = callees(page, choice.rows)
    made = make_list(given["name"], rows, form_key=given["form_key"], actor=request.user)
    take_next(made, actor=request.user)

    if request.htmx:
        return HttpResponseClientRedirect(made.get_absolute_url())
    return redirect(made)


@require_POST
def list_end(request: Request, pk: int) -> HttpResponse:
    """End a list."""
    ended = end_list(get_editable(CallList.objects, request.user, pk), actor=request.user)
    messages.success(request, _("The list “%(name)s” is ended.") % {"name": ended})
    return redirect("calling:call_lists")


def _chosen(request: Request, source: str) -> tuple[str, Iterator[Callee]]:
    """The name of a list of this source, and whom it holds."""
    day = {"day": short_date(today())}
    if source == INBOX:
        return _("My inbox, %(day)s") % day, inbox_callees(request.user)
    if source == FOLLOW_UPS:
        return _("Calls due, %(day)s") % day, due_callees(request.user)
    view = get_visible(SavedView.objects, request.user, int(source.removeprefix("view-")))
    if page_of(view.page) is None:
        raise Http404
    return f"{view.name}, {short_date(today())}", view_callees(view, request.user)
