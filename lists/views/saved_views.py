"""Saved views: keeping what a page shows under a name, changing and sharing it, where a user starts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from lists.actions import (
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
from lists.answers import bad_request
from lists.models import SavedView, ViewPage
from lists.saved_view_forms import NameForm, ReplaceForm, SaveForm, StartForm, StartPageForm, TeamForm
from lists.saved_views import Question, start_url


@require_safe
def home(request: Request) -> HttpResponse:
    """Where the user begins."""
    return redirect(start_url(request.user))


@require_http_methods(["GET", "POST"])
def start_page(request: Request) -> HttpResponse:
    """Choose where to begin."""
    form = StartPageForm(request.user, request.POST or None)
    if not form.is_valid():
        return _form(request, form, reverse("home"))

    start = form.cleaned_data["start"]
    if start == form.BOARD:
        clear_start_view(request.user)
    elif start == form.TODAY:
        start_with_today(request.user)
    else:
        set_start_view(request.user, get_visible(SavedView.objects, request.user, int(start)))

    return _show(request, reverse("home"), _("You begin with this page after the log-in."))


@require_http_methods(["GET", "POST"])
def view_add(request: Request, page: str) -> HttpResponse:
    """Give what a page shows a name; the address carries the filter."""
    question = _question(request, page)
    form = SaveForm(question, request.POST or None)
    if not form.is_valid():
        return _form(request, form, question.url, question=question, own=ReplaceForm(question))

    view = save_view(
        form.cleaned_data["name"],
        question.kept,
        page=question.page,
        actor=request.user,
        shared_with=form.cleaned_data.get("shared_with"),
    )
    if form.cleaned_data["is_start"]:
        set_start_view(request.user, view)

    return _show(request, view.url, _("The view “%(view)s” is saved.") % {"view": view})


@require_POST
def view_replace(request: Request, page: str) -> HttpResponse:
    """Let one of the user's views show what the page shows now."""
    question = _question(request, page)
    form = ReplaceForm(question, request.POST)
    if not form.is_valid():
        return bad_request(form)

    view = replace_query(form.cleaned_data["view"], question.kept)

    return _show(request, view.url, _("The view “%(view)s” is updated.") % {"view": view})


@require_http_methods(["GET", "POST"])
def view_rename(request: Request, pk: int) -> HttpResponse:
    """Give one of the user's views another name."""
    view = _own(request, pk)
    form = NameForm(view, request.POST or None)
    if not form.is_valid():
        return _form(request, form, view.url)

    view = rename_view(view, form.cleaned_data["name"], actor=request.user)

    return _show(request, view.url, _("The view is now called “%(view)s”.") % {"view": view})


@require_POST
def view_share(request: Request, pk: int) -> HttpResponse:
    """Show one of the user's views to a team."""
    view = _own(request, pk)
    form = TeamForm(request.user, request.POST)
    if not form.is_valid():
        return bad_request(form)

    view = share_view(view, form.cleaned_data["team"], actor=request.user)

    text = _("The team %(team)s sees “%(view)s” now.")
    return _show(request, view.url, text % {"team": view.shared_with, "view": view})


@require_POST
def view_unshare(request: Request, pk: int) -> HttpResponse:
    """Leave a view to its owner alone; a manager of the team may do so, too."""
    view = get_editable(SavedView.objects, request.user, pk)

    view = unshare_view(view, actor=request.user)

    return _show(request, view.url, _("“%(view)s” is not shared any more.") % {"view": view})


@require_POST
def view_start(request: Request, pk: int) -> HttpResponse:
    """Begin with a view, or with the board again."""
    view = get_visible(SavedView.objects, request.user, pk)
    form = StartForm(request.POST)
    if not form.is_valid():
        return bad_request(form)

    if form.cleaned_data["is_start"]:
        set_start_view(request.user, view)
        return _show(request, view.url, _("You begin with “%(view)s” now.") % {"view": view})
    clear_start_view(request.user)
    return _show(request, view.url, _("You begin with the funnel again."))


@require_http_methods(["GET", "POST"])
def view_delete(request: Request, pk: int) -> HttpResponse:
    """Ask, then throw a view away: there is no way back."""
    view = get_editable(SavedView.objects, request.user, pk)
    if request.method == "GET":
        template = "lists/_view_delete.html" if request.htmx else "lists/view_delete.html"
        return render(request, template, {"view": view})

    delete_view(view, actor=request.user)

    return _show(request, ViewPage(view.page).url, _("The view “%(view)s” is deleted.") % {"view": view})


def _question(request: Request, page: str) -> Question:
    if page not in ViewPage.values:
        raise Http404
    return Question.of(ViewPage(page), request.GET, request.user)


def _own(request: Request, pk: int) -> SavedView:
    """One of the user's own; those of others cannot be changed, only withdrawn."""
    return get_editable(SavedView.objects.owned_by(request.user), request.user, pk)


def _show(request: Request, url: str, text: str) -> HttpResponse:
    """The page under the view, with a word about what happened."""
    messages.success(request, text)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _form(
    request: Request, form: NameForm | StartPageForm, cancel_url: str, **context: object
) -> HttpResponse:
    template = "lists/_view_form.html" if request.htmx else "lists/view_form.html"
    context |= {"form": form, "action": request.get_full_path(), "cancel_url": cancel_url}
    return render(request, template, context, status=422 if form.is_bound else 200)
