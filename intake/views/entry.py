"""Entering a lead by hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from contacts.views.saving import posted
from intake.entry import EntryForm
from leads.actions import take_inquiry
from leads.models import Lead, LeadOrigin, Recognition


@require_http_methods(["GET", "POST"])
def lead_add(request: Request) -> HttpResponse:
    """Enter a lead, by typing or from a card; of somebody we know it becomes a touch."""
    form = EntryForm(request.user, posted(request), request.FILES or None)
    if "recognise" in request.POST:
        return _show(request, EntryForm(request.user, initial=form.recognised()), 200)
    if not form.is_valid():
        return _show(request, form, 422 if form.is_bound else 200)

    made = take_inquiry(
        form.facts(),
        touch=form.touch(),
        actor=request.user,
        origin=LeadOrigin.TYPED,
        owner=request.user,
        why=_("Entered by hand."),
        form_key=form.cleaned_data["form_key"],
    )
    return _told(request, made)


def _show(request: Request, form: EntryForm, status: int) -> HttpResponse:
    return render(request, "intake/lead_add.html", {"form": form}, status=status)


def _told(request: Request, made: Lead | Recognition) -> HttpResponse:
    if isinstance(made, Lead):
        messages.success(request, _("The lead is entered."))
        return redirect(made)
    known = made.known_lead or made.person
    messages.success(request, _("We know them already: it is noted as a touch."))
    return redirect(known) if known else redirect("leads:lead_list")
