"""Pages of dashboards, and of questions by mail."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.models import User
from accounts.rights import get_editable, get_visible
from core.snapshot import snapshot
from explorer import actions
from explorer.dashboard_forms import CardForm, ChangeForm, DashboardForm, MailForm, NameForm, initial_of
from explorer.models import Card, Dashboard, MailedQuestion
from explorer.page import ExplorerPage
from explorer.pictures import draw
from lists.answers import bad_request
from reporting.scopes import visible_scopes

MOST_SHOWN = 60


@dataclass(frozen=True)
class Answer:
    """A card with the answer to its question."""

    card: Card
    page: ExplorerPage
    picture: Any


@require_http_methods(["GET", "HEAD", "POST"])
def dashboards(request: Request) -> HttpResponse:
    """The dashboards a user sees, what comes by mail, and beginning a new one."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        dashboard = actions.add_dashboard(form.cleaned_data["name"], actor=request.user)
        return redirect("explorer:dashboard_detail", dashboard.pk)
    context = {
        "form": form,
        "mail_form": MailForm(request.user),
        "dashboards": _listed(request.user),
        "mailed": MailedQuestion.objects.visible_to(request.user).select_related("view").order_by("pk"),
    }
    return render(request, "explorer/dashboards.html", context, status=422 if form.is_bound else 200)


@require_safe
def dashboard_detail(request: Request, pk: int) -> HttpResponse:
    """Its cards, all answered in one snapshot under the rights of the reader."""
    dashboard = get_visible(Dashboard.objects, request.user, pk)
    scopes = visible_scopes(request.user)
    with snapshot():
        answers = []
        for card in dashboard.cards.all():
            page = ExplorerPage(QueryDict(card.query), request.user, scopes)
            answers.append(Answer(card, page, draw(page)))
        context = {
            "dashboard": dashboard,
            "answers": answers,
            "dashboards": _listed(request.user),
            "is_own": dashboard.owner_id == request.user.pk,
            "is_wall": request.GET.get("wall") == "on",
            "form": CardForm(request.user),
        }
        return render(request, "explorer/dashboard.html", context)


@require_http_methods(["GET", "POST"])
def dashboard_edit(request: Request, pk: int) -> HttpResponse:
    """Its name, and who sees it."""
    dashboard = get_editable(Dashboard.objects, request.user, pk)
    data = request.POST if request.method == "POST" else None
    form = DashboardForm(request.user, data, initial=initial_of(dashboard))
    if not form.is_valid():
        context = {"form": form, "dashboard": dashboard}
        return render(request, "explorer/dashboard_edit.html", context, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    actions.change_dashboard(
        dashboard, name=said["name"], shared_with=said["shared_with"], actor=request.user
    )
    return redirect("explorer:dashboard_detail", pk)


@require_POST
def dashboard_delete(request: Request, pk: int) -> HttpResponse:
    """Throw it away."""
    actions.delete_dashboard(get_editable(Dashboard.objects, request.user, pk), actor=request.user)
    messages.success(request, _("The dashboard is deleted."))
    return redirect("explorer:dashboard_list")


@require_POST
def card_add(request: Request, pk: int) -> HttpResponse:
    """Put a kept question on it."""
    dashboard = get_editable(Dashboard.objects, request.user, pk)
    form = CardForm(request.user, request.POST)
    if not form.is_valid():
        return bad_request(form)
    view = form.cleaned_data["view"]
    actions.add_card(dashboard, title=view.name, query=view.query)
    return redirect("explorer:dashboard_detail", pk)


@require_POST
def card_change(request: Request, pk: int, card: int) -> HttpResponse:
    """Move a card, widen it, take it off."""
    dashboard = get_editable(Dashboard.objects, request.user, pk)
    found = dashboard.cards.filter(pk=card).first()
    if found is None:
        raise Http404
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return bad_request(form)
    what = form.cleaned_data["what"]
    if what == "off":
        actions.remove_card(found)
    elif what in ("wide", "narrow"):
        actions.widen_card(found, is_wide=what == "wide")
    else:
        actions.move_card(found, by=-1 if what == "before" else 1)
    return redirect(f"{reverse('explorer:dashboard_detail', args=[pk])}#cards")


@require_POST
def mail_add(request: Request) -> HttpResponse:
    """Send a kept question to the user from now on."""
    form = MailForm(request.user, request.POST)
    if not form.is_valid():
        return bad_request(form)
    actions.mail_question(form.cleaned_data["view"], form.cleaned_data["rhythm"], actor=request.user)
    messages.success(request, _("The table comes to %(address)s.") % {"address": request.user.email})
    return redirect("explorer:dashboard_list")


@require_POST
def mail_stop(request: Request, pk: int) -> HttpResponse:
    """Send it no more."""
    actions.stop_mailing(get_editable(MailedQuestion.objects, request.user, pk))
    messages.success(request, _("The table is not sent any more."))
    return redirect("explorer:dashboard_list")


def _listed(user: User) -> list[Dashboard]:
    rows = Dashboard.objects.visible_to(user).select_related("owner", "shared_with")
    return list(rows.order_by("name_key", "pk")[:MOST_SHOWN])
