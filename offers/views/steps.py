"""What is done to an offer: handed over, withdrawn, answered, approved, asked about, ordered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from offers.actions import (
    accept_version,
    answer_approval,
    answer_question,
    ask_approval,
    ask_question,
    confirm_order,
    decline_version,
    mark_sent,
    withdraw_version,
)
from offers.errors import InputMissing
from offers.models import ApprovalRequest, Offer, OfferQuestion, OfferVersion
from offers.step_forms import (
    AcceptForm,
    AnswerApprovalForm,
    AnswerForm,
    ApprovalForm,
    DeclineForm,
    QuestionForm,
    SeenForm,
)


@require_POST
def version_hand_over(request: Request, pk: int) -> HttpResponse:
    """Note that the customer got the version, by hand or by letter."""
    version = get_editable(OfferVersion.objects, request.user, pk)
    form = SeenForm(request.POST)
    _refuse_invalid(form)
    version = mark_sent(version, seen_revision=form.cleaned_data["revision"], actor=request.user)
    messages.success(request, _("The offer is with the customer; it can no longer be changed."))
    return redirect(version)


@require_POST
def version_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a version back."""
    version = get_editable(OfferVersion.objects, request.user, pk)
    withdraw_version(version, actor=request.user)
    messages.success(request, _("The offer is withdrawn."))
    return redirect(version)


@require_POST
def version_accept(request: Request, pk: int) -> HttpResponse:
    """Note that the customer accepted, by telephone or on paper."""
    version = get_editable(OfferVersion.objects, request.user, pk)
    form = AcceptForm(request.POST, version=version)
    _refuse_invalid(form)
    accept_version(version, chosen=form.cleaned_data["chosen"], actor=request.user)
    messages.success(request, _("The offer is accepted. What is missing is the order."))
    return redirect(version)


@require_POST
def version_decline(request: Request, pk: int) -> HttpResponse:
    """Note that the customer declined."""
    version = get_editable(OfferVersion.objects, request.user, pk)
    form = DeclineForm(request.POST)
    _refuse_invalid(form)
    decline_version(version, reason=form.cleaned_data["reason"], actor=request.user)
    messages.success(request, _("The offer is declined."))
    return redirect(version)


@require_POST
def order_confirm(request: Request, pk: int) -> HttpResponse:
    """The order is there: the deal is won."""
    version = get_editable(OfferVersion.objects, request.user, pk)
    order = confirm_order(version, actor=request.user)
    messages.success(request, _("The order is confirmed; the deal is won."))
    return redirect(order)


@require_POST
def approval_ask(request: Request, pk: int) -> HttpResponse:
    """Ask for the approval of a draft."""
    version = get_editable(OfferVersion.objects, request.user, pk)
    form = ApprovalForm(request.POST)
    _refuse_invalid(form)
    seen = form.cleaned_data["revision"]
    ask_approval(version, note=form.cleaned_data["note"], seen_revision=seen, actor=request.user)
    messages.success(request, _("The approval is asked for."))
    return redirect(version)


@require_POST
def approval_answer(request: Request, pk: int) -> HttpResponse:
    """Approve a version, or not."""
    asked = get_visible(ApprovalRequest.objects, request.user, pk)
    form = AnswerApprovalForm(request.POST)
    _refuse_invalid(form)
    granted = form.cleaned_data["granted"]
    answer_approval(asked, granted=granted, note=form.cleaned_data["note"], actor=request.user)
    messages.success(request, _("Approved.") if granted else _("Not approved."))
    return redirect(asked.version)


@require_POST
def question_add(request: Request, pk: int) -> HttpResponse:
    """Note a question about an offer."""
    offer = get_editable(Offer.objects, request.user, pk)
    form = QuestionForm(request.POST)
    _refuse_invalid(form)
    by_customer = form.cleaned_data["by_customer"]
    version = offer.current
    ask_question(
        offer, form.cleaned_data["text"], actor=request.user, by_customer=by_customer, version=version
    )
    return redirect(f"{version.get_absolute_url()}#questions")


@require_POST
def question_answer(request: Request, pk: int) -> HttpResponse:
    """Answer a question."""
    question = get_editable(OfferQuestion.objects, request.user, pk)
    form = AnswerForm(request.POST)
    _refuse_invalid(form)
    answer_question(question, form.cleaned_data["answer"], actor=request.user)
    return redirect(f"{question.offer.current.get_absolute_url()}#questions")


def _refuse_invalid(form: object) -> None:
    """Forms of one or two fields: what is wrong is a sentence."""
    if not form.is_valid():  # type: ignore[attr-defined]
        raise InputMissing(form)  # type: ignore[arg-type]
