"""Deals: the list, one deal's page, opening and editing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from accounts.http import Request
from accounts.rights import get_editable
from core.addresses import is_key
from lists.models import ViewPage
from lists.saved_views import Question, read_view_bar
from pipeline.actions import edit_deal, open_deal
from pipeline.deal_form import DealForm
from pipeline.deal_list import deal_pills, read_deal_list
from pipeline.deal_page import read_deal_page, stage_labels, stage_settings
from pipeline.fact_form import FactForm, is_changeable
from pipeline.models import Deal, Stage
from pipeline.quick_form import QuickDealForm
from pipeline.similar_deals import similar_won_deals
from pipeline.views.answers import changed, is_on_board


@require_GET
def deal_list(request: Request) -> HttpResponse:
    """All deals under a filter, sorted, page by page."""
    deals = read_deal_list(request.user, request.GET)
    context = {
        "table": deals,
        "page": deals.page,
        "bar": read_view_bar(Question(ViewPage.LIST, deals.filter)),
        "views": deal_pills(deals),
        "settings": stage_settings(),
    }
    return render(request, "pipeline/deal_list.html", context)


@require_GET
def deal_detail(request: Request, pk: int) -> HttpResponse:
    """The page of a deal; a fragment request gets its body alone, after something changed."""
    template = "pipeline/_deal.html" if request.htmx else "pipeline/deal_detail.html"
    return _page(request, pk, template)


@require_GET
def deal_panel(request: Request, pk: int) -> HttpResponse:
    """The deal beside the board: what its page shows, in one column."""
    return _page(request, pk, "pipeline/_deal_panel.html")


@require_http_methods(["GET", "POST"])
def deal_add(request: Request) -> HttpResponse:
    """Open a deal; on the board and on the page of its customer one stays there, elsewhere its page follows.

    The page of a customer names who it is about: `?company=` and `?person=`.
    """
    form = DealForm(request.POST or None, user=request.user)
    customer = {name: key for name in ("company", "person") if is_key(key := request.GET.get(name, ""))}
    form.initial = {**form.initial, **customer}
    if not form.is_valid():
        return _form(request, form, status=422 if form.is_bound else 200)

    deal = open_deal(form.facts, actor=request.user, form_key=form.cleaned_data["form_key"])

    text = _("%(customer)s is in the funnel.") % {"customer": deal.customer_name}
    if is_on_board(request) or (customer and request.htmx):
        return changed(request, deal, text)
    messages.success(request, text)
    page = redirect("pipeline:deal_detail", deal.pk)
    return HttpResponseClientRedirect(page.url) if request.htmx else page


@require_http_methods(["GET", "POST"])
def deal_quick_add(request: Request, stage: int) -> HttpResponse:
    """Open a deal in a stage with the three things one knows at once; without script by the whole form."""
    if stage not in Stage.values:
        raise Http404
    if not request.htmx:
        return redirect("pipeline:deal_add")
    form = QuickDealForm(request.POST or None, user=request.user)
    if not form.is_valid():
        context = {"form": form, "action": request.path, "stage": stage_labels()[stage]}
        return render(request, "pipeline/_quick_form.html", context, status=422 if form.is_bound else 200)
    form_key = form.cleaned_data["form_key"]
    deal = open_deal(form.facts, actor=request.user, stage=Stage(stage), form_key=form_key)
    return changed(request, deal, _("%(customer)s is in the funnel.") % {"customer": deal.customer_name})


@require_http_methods(["GET", "POST"])
def deal_edit(request: Request, pk: int) -> HttpResponse:
    """Change what a deal says; who was overtaken sees the difference and loses nothing."""
    deal = get_editable(Deal.objects, request.user, pk)
    form = DealForm(request.POST or None, user=request.user, deal=deal)
    if not form.is_valid():
        return _form(request, form, status=422 if form.is_bound else 200)
    if form.is_stale:
        return _form(request, form.renewed(), status=409)

    deal = edit_deal(deal, form.facts, seen_version=form.cleaned_data["version"], actor=request.user)

    return changed(request, deal, _("Saved."))


@require_http_methods(["GET", "POST"])
def deal_fact(request: Request, pk: int, name: str) -> HttpResponse:
    """Change one fact where it is shown; without script that is done on the page for all of them."""
    if not is_changeable(name):
        raise Http404
    deal = get_editable(Deal.objects.for_page(), request.user, pk)
    if not request.htmx:
        return redirect("pipeline:deal_edit", pk)
    form = FactForm(request.POST or None, user=request.user, deal=deal, name=name)
    if not form.is_valid():
        return _fact(request, form, status=422 if form.is_bound else 200)
    if form.is_stale:
        return _fact(request, form.renewed(), status=409)
    deal = edit_deal(deal, form.facts, seen_version=deal.version, actor=request.user)
    return changed(request, deal, _("Saved."))


def _fact(request: Request, form: FactForm, status: int) -> HttpResponse:
    return render(request, "pipeline/_fact_form.html", {"form": form, "action": request.path}, status=status)


def _page(request: Request, pk: int, template: str) -> HttpResponse:
    deal = get_object_or_404(Deal.objects.visible_to(request.user).for_page(), pk=pk)
    may_edit = Deal.objects.editable_by(request.user).filter(pk=pk).exists()
    context = {
        "page": read_deal_page(deal, may_edit=may_edit),
        "deal": deal,
        "similar": similar_won_deals(deal, request.user),
    }
    return render(request, template, context)


def _form(request: Request, form: DealForm, status: int) -> HttpResponse:
    template = "pipeline/_deal_edit.html" if request.htmx else "pipeline/deal_edit.html"
    return render(
        request, template, {"form": form, "deal": form.deal, "action": request.get_full_path()}, status=status
    )
