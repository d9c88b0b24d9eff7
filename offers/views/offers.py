"""Offers: the list, beginning one, the page of a version, and the comparison of two."""

from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from core.addresses import is_key
from offers.actions import new_version, start_offer
from offers.compare import compare
from offers.models import Offer, OfferVersion
from offers.offer_list import read_offer_list
from offers.step_forms import AnswerForm, QuestionForm, StartForm
from offers.version_page import VersionPage
from pipeline.models import Deal


@require_GET
def offer_list(request: Request) -> HttpResponse:
    """Offers under a filter, the newest first, page by page."""
    offers = read_offer_list(request.user, request.GET)
    context = {"offers": offers, "page": offers.page, "filter": offers.filter}
    return render(request, "offers/offer_list.html", context)


@require_POST
def offer_start(request: Request, pk: int) -> HttpResponse:
    """Begin an offer in a deal and go on to write it."""
    deal = get_editable(Deal.objects, request.user, pk)
    form = StartForm(request.POST, user=request.user, deal=deal)
    if not form.is_valid():
        return HttpResponseBadRequest(form.errors.as_text(), content_type="text/plain")

    template, key = form.cleaned_data["template"], form.cleaned_data["form_key"]
    offer = start_offer(deal, actor=request.user, template=template, form_key=key)

    return redirect("offers:version_edit", offer.current.pk)


@require_GET
def offer_detail(request: Request, pk: int) -> HttpResponse:
    """The current version of an offer."""
    offer = get_visible(Offer.objects, request.user, pk)
    return redirect(offer.current)


@require_GET
def version_detail(request: Request, pk: int) -> HttpResponse:
    """What a version says and comes to, what was asked about it, and what may be done next."""
    version = get_object_or_404(OfferVersion.objects.visible_to(request.user).for_page(), pk=pk)
    context = {
        "page": VersionPage(version, request.user),
        "version": version,
        "offer": version.offer,
        "deal": version.offer.deal,
        "question_form": QuestionForm(),
        "answer_form": AnswerForm(),
    }
    return render(request, "offers/version_detail.html", context)


@require_POST
def version_new(request: Request, pk: int) -> HttpResponse:
    """Begin a new version from this one and go on to write it."""
    source = get_editable(OfferVersion.objects, request.user, pk)
    version = new_version(source, actor=request.user)
    return redirect("offers:version_edit", version.pk)


@require_GET
def offer_compare(request: Request, pk: int) -> HttpResponse:
    """Two versions of an offer, `a` and `b` by their numbers; without them the last two."""
    offer = get_object_or_404(Offer.objects.visible_to(request.user).select_related("deal"), pk=pk)
    versions = {version.number: version for version in offer.versions.all()}
    numbers = sorted(versions)
    before = _asked(request, "a", versions, numbers[-2:][0])
    after = _asked(request, "b", versions, numbers[-1])
    context = {"offer": offer, "versions": list(versions.values()), "comparison": compare(before, after)}
    return render(request, "offers/offer_compare.html", context)


def _asked(request: Request, name: str, versions: dict[int, OfferVersion], default: int) -> OfferVersion:
    text = request.GET.get(name, "")
    version = versions.get(int(text) if is_key(text) else default)
    if version is None:
        raise Http404
    return version
