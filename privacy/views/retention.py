"""Proposals of the night, and records whose time is over."""

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request, role_required
from accounts.rights import get_editable
from privacy.actions import confirm_proposal, delete_kept_records, postpone_proposal
from privacy.actions.erasure import rows_of
from privacy.forms import EraseForm, PostponeForm
from privacy.models import RetentionProposal
from privacy.plan import plan_erasure

NOT_YET = 422


@require_http_methods(["GET", "POST"])
@role_required()
def proposal_confirm(request: Request, pk: int) -> HttpResponse:
    """First what would happen, then it happens."""
    proposal = get_editable(RetentionProposal.objects, request.user, pk)
    plan = plan_erasure(proposal.person)
    form = EraseForm(request.POST if request.method == "POST" else None, rows=rows_of(plan))
    if not form.is_valid():
        context = {"person": proposal.person, "plan": plan, "form": form}
        return render(request, "privacy/person_erase.html", context, status=NOT_YET if form.is_bound else 200)

    confirm_proposal(proposal, seen=form.cleaned_data["seen"], actor=request.user)

    messages.success(request, _("Erased."))
    return redirect("privacy:overview")


@require_POST
@role_required()
def proposal_postpone(request: Request, pk: int) -> HttpResponse:
    """Keep the person for a while."""
    proposal = get_editable(RetentionProposal.objects, request.user, pk)
    form = PostponeForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(form.errors.as_text())

    until = timezone.localdate() + relativedelta(months=form.cleaned_data["months"])
    postpone_proposal(proposal, until, reason=form.cleaned_data["reason"], actor=request.user)

    messages.success(request, _("Postponed."))
    return redirect("privacy:overview")


@require_POST
@role_required()
def kept_records_delete(request: Request) -> HttpResponse:
    """Delete what the law no longer wants kept."""
    count = delete_kept_records(actor=request.user)
    messages.success(request, _("Deleted: %(count)d records.") % {"count": count})
    return redirect("privacy:overview")
