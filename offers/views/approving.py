"""The approver's page: public, opened by the secret of their mail, answered by POST only.

As on the customer's page the secret stands in for the log-in and for the token against forged forms.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from offers.actions import answer_approval, find_approval_link
from offers.approval import may_approve
from offers.editor import read_sums
from offers.models import ApprovalLink
from offers.offer_prices import walked
from offers.step_forms import AnswerApprovalForm


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def approval_page(request: HttpRequest, token: str) -> HttpResponse:
    """What is to be approved, and the answer."""
    link = find_approval_link(token)
    if link is None:
        raise Http404
    with override(link.approver.language):
        response = (
            _answered(request, link, token) if request.method == "POST" else _shown(request, link, token)
        )
    response["Referrer-Policy"] = "no-referrer"
    return response


def _answered(request: HttpRequest, link: ApprovalLink, token: str) -> HttpResponse:
    form = AnswerApprovalForm(request.POST)
    if not form.is_valid():
        return _shown(request, link, token, status=422)
    granted = form.cleaned_data["granted"]

    answer_approval(link.request, granted=granted, note=form.cleaned_data["note"], actor=link.approver)

    messages.success(request, _("Approved.") if granted else _("Not approved."))
    return redirect("offers:approval_page", token=token)


def _shown(request: HttpRequest, link: ApprovalLink, token: str, status: int = 200) -> HttpResponse:
    asked = link.request
    version = asked.version
    sums = read_sums(version, link.approver)
    counted = [one.line for one in sums.lines if one.line.is_counted]
    context = {
        "asked": asked,
        "version": version,
        "deal": version.offer.deal,
        "page": {"sums": sums},
        "discount": walked(counted, version),
        "token": token,
        "may_answer": not asked.answer and may_approve(asked, link.approver),
    }
    return render(request, "offers/approval_page.html", context, status=status)
