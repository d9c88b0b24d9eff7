"""Doing something with many rows: the dialog that says what will happen, and what is told afterwards."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django_htmx.http import HttpResponseClientRefresh

from accounts.http import Request
from core.addresses import page_before
from core.templatetags.money import number
from lists.choices import Choice
from lists.models import ViewPage


def ask(request: Request, choice: Choice, form: forms.Form, fields: str, **context: object) -> HttpResponse:
    """The dialog (without script: the page) that names what was chosen and asks what is still to be said.

    `fields` is the template of its fields; `context` brings `title`, `submit_label`, `is_danger`, `note`.
    """
    template = "lists/_many.html" if request.htmx else "lists/many.html"
    shown = {
        "choice": choice,
        "form": form,
        "fields": fields,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        **context,
    }
    return render(request, template, shown, status=422 if form.is_bound else 200)


def told(
    request: Request, choice: Choice, text: str, *, unchanged: str = "", undo_url: str = ""
) -> HttpResponse:
    """Back to the list, with a toast: what was done, and which of the chosen stayed as they are."""
    kept = ngettext("%(number)s you may not change.", "%(number)s you may not change.", choice.refused)
    refused = kept % {"number": number(choice.refused)} if choice.refused else ""
    level = messages.WARNING if refused or unchanged else messages.SUCCESS
    text = " ".join(filter(None, [text, refused, unchanged]))
    return back(request, choice.page, text, level=level, undo_url=undo_url)


def back(
    request: Request, page: ViewPage, text: str, *, level: int = messages.SUCCESS, undo_url: str = ""
) -> HttpResponse:
    """The list anew, with a toast that may offer the way back."""
    messages.add_message(request, level, text, extra_tags=undo_url)
    if request.htmx:
        return HttpResponseClientRefresh()
    return redirect(page_before(request, otherwise=page.url))


def bad_request(form: forms.BaseForm) -> HttpResponseBadRequest:
    """What no form of ours sends."""
    return HttpResponseBadRequest(form.errors.as_text(), content_type="text/plain; charset=utf-8")
