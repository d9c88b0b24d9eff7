"""What the world sees: forms, thanks, the confirmation of a consent."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accounts.client_address import client_address
from core.errors import DomainError
from intake.actions import Given, confirm_consent, look_at_link, receive_submission
from intake.actions.receiving import Consented
from intake.errors import FormClosed
from intake.models import LeadForm
from intake.origins import is_elsewhere
from intake.public_form import ORIGIN, PublicForm
from intake.public_pages import (
    language_of,
    problem,
    public_form_page,
    read_json,
    refuse_large,
    refused,
    wants_json,
)
from intake.senders import count_sender, digest_of

# As the script on web sites makes them (intake/visits.js).
VISITOR = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@public_form_page
def form_page(request: HttpRequest, form: LeadForm, *, is_embedded: bool) -> HttpResponse:
    """The form, and what is sent with it: from here, from a frame, or from a page of an allowed web site."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204)
    if not form.is_active:
        raise FormClosed(_("This form takes no more inquiries."))
    if request.method != "POST":
        return _show(request, PublicForm(form, initial=_came_from(request)), is_embedded)
    return _take(request, form, is_embedded)


@public_form_page
def form_thanks(request: HttpRequest, form: LeadForm, *, is_embedded: bool) -> HttpResponse:
    """Thanks, in the words of the form."""
    return render(request, "intake/thanks.html", {"form_row": form, "is_embedded": is_embedded})


@login_not_required
@csrf_exempt
def consent_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What a link of a mail confirms; only the button does, because machines look into mails, too."""
    try:
        count_sender(digest_of(client_address(request)))
        is_done = request.method == "POST"
        consent = confirm_consent(token) if is_done else look_at_link(token)
    except DomainError as refusal:
        response = refused(request, refusal)
    else:
        with translation.override(consent.submission.language):
            context = {"consent": consent, "is_done": is_done}
            response = render(request, "intake/consent_confirm.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _take(request: HttpRequest, form: LeadForm, is_embedded: bool) -> HttpResponse:
    """Refuse what is too much or comes from elsewhere, check the rest, keep it."""
    refuse_large(request, takes_files=form.takes_files)
    elsewhere = is_elsewhere(request, form)
    sender = digest_of(client_address(request))
    count_sender(sender)
    data = read_json(request) if request.content_type == "application/json" else request.POST
    filled = PublicForm(form, data, request.FILES)
    if filled.is_valid() and not filled.is_trapped and not filled.was_typed(is_elsewhere=elsewhere):
        filled.add_error(None, _("That was very quick. Please look at it once more and send it again."))
    if not filled.is_valid():
        return _show_errors(request, filled, is_embedded)

    submission, _is_new = receive_submission(form, _given(request, filled, sender))

    if filled.is_trapped:
        return _trapped(request)
    return _thanks(request, form, str(submission.reference), is_embedded)


def _given(request: HttpRequest, filled: PublicForm, sender: str) -> Given:
    said = filled.cleaned_data
    return Given(
        once=filled.once(),
        answers=filled.answers(),
        origin=filled.origin(),
        language=language_of(request),
        sender=sender,
        visitor=said.get("visitor"),
        files=said.get("files") or [],
        is_trapped=filled.is_trapped,
        consents=[
            Consented(
                means=consent.means,
                value=said.get(consent.means) or "",
                wording=consent.wording,
                needs_confirmation=consent.needs_confirmation,
            )
            for consent in filled.asked_consents
            if said.get(consent.input_name)
        ],
    )


def _show(request: HttpRequest, filled: PublicForm, is_embedded: bool) -> HttpResponse:
    context = {"form": filled, "form_row": filled.form, "is_embedded": is_embedded}
    return render(request, "intake/form_page.html", context, status=422 if filled.is_bound else 200)


def _show_errors(request: HttpRequest, filled: PublicForm, is_embedded: bool) -> HttpResponse:
    if wants_json(request):
        errors = [
            {"field": name, "message": str(message)}
            for name, said in filled.errors.items()
            for message in said
        ]
        return problem(422, _("Please check what you entered."), errors)
    if not filled.has_error(None):
        return _show(request, filled, is_embedded)
    # The page gets a new time to count from.
    typed = {name: filled.data.get(name) for name in filled.fields if name in filled.data}
    again = PublicForm(filled.form, {**typed, "began": PublicForm(filled.form)["began"].initial})
    again.is_valid()
    again.errors.update(filled.errors)
    return _show(request, again, is_embedded)


def _trapped(request: HttpRequest) -> HttpResponse:
    text = _(
        "This looks like it was sent by a machine and was not accepted. "
        "If it was you, please call or write us."
    )
    if wants_json(request):
        return problem(422, text)
    return render(request, "intake/refused.html", {"message": text}, status=422)


def _thanks(request: HttpRequest, form: LeadForm, reference: str, is_embedded: bool) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"reference": reference, "state": "received", "thanks": form.thanks}, status=202)
    name = "intake:embedded_thanks" if is_embedded else "intake:form_thanks"
    url = form.thanks_url or f"{reverse(name, args=[form.address])}?lang={language_of(request)}"
    return HttpResponse(status=303, headers={"Location": url})


def _came_from(request: HttpRequest) -> dict[str, str]:
    said = {name: value[:500] for name in ORIGIN if (value := request.GET.get(name))}
    visitor = request.GET.get("visitor", "")
    return {**said, "visitor": visitor} if VISITOR.fullmatch(visitor) else said
