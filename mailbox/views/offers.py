"""Sending an offer by mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.rights import get_editable
from activities.subjects import DEAL, get_subject
from activities.views.answers import posted
from mailbox.actions import send_offer
from mailbox.offer_form import OfferMailForm
from offers.models import OfferVersion


@require_http_methods(["GET", "POST"])
def offer_send(request: Request, pk: int) -> HttpResponse:
    """The mail with the offer; `take` puts a template in without sending anything."""
    version = get_editable(OfferVersion.objects.for_page(), request.user, pk)
    subject = get_subject(request.user, DEAL, version.offer.deal_id)
    form = OfferMailForm(version, subject, request.user, posted(request))
    if "take" in request.POST:
        taken = form.with_template()
        form = OfferMailForm(version, subject, request.user)
        form.initial = taken
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"form": form, "version": version, "action": request.path}
        return render(request, "mailbox/offer_send.html", context, status=status)

    send_offer(
        version,
        form.cleaned_data["to"],
        form.mail(),
        seen_revision=form.cleaned_data["revision"],
        form_key=form.cleaned_data["form_key"],
        actor=request.user,
    )

    messages.success(request, _("The offer is being sent."))
    return redirect(version)
