"""The chance of one deal beside what its manager says of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from pipeline.models import Deal, StageSetting
from reporting.judgement_form import JudgementForm
from reporting.judging_deals import JudgeableDeals, judge_deal, judgements_of
from reporting.models import DealChance

MOST_SHOWN = 10


@require_safe
def deal_judgement(request: Request, pk: int) -> HttpResponse:
    """What is computed of a deal, what the manager says, and what was said before."""
    deal = get_visible(Deal.objects, request.user, pk)
    chance = DealChance.objects.filter(deal=deal).first()
    stage = StageSetting.objects.filter(stage=chance.stage).first() if chance else None
    said = list(judgements_of(deal).select_related("by")[:MOST_SHOWN])
    context = {
        "deal": deal,
        "chance": chance if deal.is_open else None,
        "stage": stage.label if stage else "",
        "last": said[0] if said and said[0].stance != "none" else None,
        "said": said,
        "may_judge": deal.is_open and JudgeableDeals().editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "reporting/_deal_judgement.html", context)


@require_http_methods(["GET", "POST"])
def deal_judge(request: Request, pk: int) -> HttpResponse:
    """Commit a deal, exclude it, or take that back."""
    deal = get_editable(JudgeableDeals(), request.user, pk)
    form = JudgementForm(request.POST if request.method == "POST" else None, last=judgements_of(deal).first())
    page = reverse("pipeline:deal_detail", args=[deal.pk])
    if not form.is_valid():
        template = "reporting/_judge_form.html" if request.htmx else "reporting/judge_form.html"
        context = {"form": form, "deal": deal, "back": page}
        return render(request, template, context, status=422 if form.is_bound else 200)

    judge_deal(deal, form.cleaned_data["stance"], reason=form.cleaned_data["reason"], actor=request.user)

    text = _("The judgement is noted.")
    if not request.htmx:
        messages.success(request, text)
        return redirect(page)
    response = HttpResponse(status=204)
    trigger_client_event(response, "dialog:close")
    trigger_client_event(response, "judgement-changed")
    return trigger_client_event(response, "toast", {"text": text, "level": "success", "undo_url": ""})
