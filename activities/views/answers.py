"""What a page is told after something was written: lists that show it redraw themselves."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import trigger_client_event

from accounts.http import Request
from activities.models import Activity, FollowUp
from activities.subjects import COMPANY, DEAL, LEAD, PERSON, Subject, get_subject
from activities.views.files_sent import chosen_files
from core.addresses import page_before
from core.versions import TOO_LATE, VersionedForm


def subject_of(request: Request, row: Activity | FollowUp) -> Subject:
    """What a row hangs on: its deal, else its lead, its company, its person."""
    for kind, key in ((DEAL, row.deal_id), (LEAD, row.lead_id), (COMPANY, row.company_id)):
        if key is not None:
            return get_subject(request.user, kind, key)
    return get_subject(request.user, PERSON, row.person_id or 0)


def posted(request: Request) -> QueryDict | None:
    """What was sent, also when that is nothing; None for a form that is only shown."""
    return request.POST if request.method == "POST" else None


FILE_FORMS = {
    f"activities/_{name}_fields.html"
    for name in ("call", "appointment", "note", "letter", "held", "activity")
}


def form_takes_files(template: str) -> bool:
    """Whether what this form writes may have files."""
    return template in FILE_FORMS


def show_form(
    request: Request, form: forms.Form, template: str, *, subject: Subject, **context: object
) -> HttpResponse:
    """The form in a dialog, or on a page of its own where there is no script.

    422 when something is wrong, 409 when someone else saved meanwhile.
    """
    page = "activities/_dialog.html" if request.htmx else "activities/form.html"
    shown = {
        "form": form,
        "fields": template,
        "subject": subject,
        "action": request.get_full_path(),
        **context,
    }
    if form_takes_files(template):
        shown |= {"takes_files": True, "files": chosen_files(request)}
    is_stale = isinstance(form, VersionedForm) and form.was_overtaken
    status = TOO_LATE if is_stale else 422 if form.is_bound else 200
    return render(request, page, shown, status=status)


def written(request: Request, row: Activity | FollowUp, text: str, *, undo_url: str = "") -> HttpResponse:
    """Say what was done, with the way back; close the dialog; let lists and the deal's page redraw."""
    if not request.htmx:
        messages.success(request, text)
        return redirect(_way_back(request, row))
    response = HttpResponse(status=204)
    trigger_client_event(response, "dialog:close")
    trigger_client_event(response, "activities-changed")
    trigger_client_event(response, "toast", {"text": text, "level": "success", "undo_url": undo_url})
    if row.deal_id is not None:
        card = reverse("pipeline:deal_card", args=[row.deal_id])
        trigger_client_event(response, "deal-changed", {"card": card})
    elif row.lead_id is not None:
        trigger_client_event(response, "lead-changed")
    return response


def _way_back(request: Request, row: Activity | FollowUp) -> str:
    return page_before(request, otherwise=subject_of(request, row).url)
