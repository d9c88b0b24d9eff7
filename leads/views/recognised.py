"""Inquiries of people we know: seen, or made a lead after all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from accounts.http import Request
from accounts.rights import get_editable
from leads.actions import overrule_recognition, see_recognition
from leads.models import Recognition


@require_POST
def recognition_seen(request: Request, pk: int) -> HttpResponse:
    """Note that it was seen."""
    see_recognition(get_editable(Recognition.objects, request.user, pk), actor=request.user)
    messages.success(request, _("Seen."))
    return HttpResponseClientRefresh() if request.htmx else redirect("leads:lead_list")


@require_POST
def recognition_overrule(request: Request, pk: int) -> HttpResponse:
    """Make a lead of it."""
    lead = overrule_recognition(get_editable(Recognition.objects, request.user, pk), actor=request.user)
    messages.success(request, _("%(lead)s is a lead of its own now.") % {"lead": lead})
    url = reverse("leads:lead_detail", args=[lead.pk])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
