"""What a page is told after something about a lead changed."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import trigger_client_event

from accounts.http import Request
from core.addresses import page_before
from leads.models import Lead


def changed(request: Request, lead: Lead, text: str, *, undo_url: str = "") -> HttpResponse:
    """Say what was done, with the way back; close the dialog; let the page of the lead redraw."""
    if not request.htmx:
        messages.success(request, text, extra_tags=undo_url)
        return redirect(page_before(request, otherwise=reverse("leads:lead_detail", args=[lead.pk])))
    response = HttpResponse(status=204)
    trigger_client_event(response, "dialog:close")
    trigger_client_event(response, "lead-changed")
    trigger_client_event(response, "activities-changed")
    return trigger_client_event(response, "toast", {"text": text, "level": "success", "undo_url": undo_url})


def bad_request(form: forms.BaseForm) -> HttpResponseBadRequest:
    """Values no page of ours sends."""
    return HttpResponseBadRequest(form.errors.as_text(), content_type="text/plain; charset=utf-8")
