"""May I call, mail or write? What is on record of a contact, and adding to it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.actions import withdraw
from contacts.law_forms import FORMS, LegalForm
from contacts.law_record import read_record
from contacts.lawful import Contact
from contacts.models import Company, LegalEntry, Person
from contacts.views.saving import posted, status_of

Kind = type[Company] | type[Person]


@require_GET
def law_show(request: Request, pk: int, kind: Kind) -> HttpResponse:
    """The verdicts of telephone, e-mail and letter with their reasons, and every line of the record."""
    return _show(request, get_visible(kind.objects, request.user, pk))


@require_http_methods(["GET", "POST"])
def law_note(request: Request, pk: int, what: str, kind: Kind) -> HttpResponse:
    """Add a permission or an objection to the record."""
    contact = get_editable(kind.objects, request.user, pk)
    form = _form(what, contact, request)
    if not form.is_valid():
        context = {"form": form, "contact": contact, "action": request.get_full_path(), "law": _url(contact)}
        page = "contacts/_law_form.html" if request.htmx else "contacts/law_form.html"
        return render(request, page, context, status=status_of(form))

    form.write(request.user)

    return _written(request, contact, _("Noted."))


@require_POST
def law_withdraw(request: Request, pk: int) -> HttpResponse:
    """End a permission: one click, as it was to give it."""
    entry = get_editable(LegalEntry.objects.select_related("person", "company"), request.user, pk)

    withdraw(entry, actor=request.user)

    return _written(request, entry.person or entry.company, _("The permission has ended."))


def _form(what: str, contact: Contact, request: Request) -> LegalForm:
    if what not in FORMS:
        raise Http404
    return FORMS[what](contact, posted(request), request.GET.get("means", ""))


def _written(request: Request, contact: Contact | None, text: str) -> HttpResponse:
    """The record as it is now, in the dialog it was changed in; pages that show a badge draw it anew."""
    if contact is None:
        raise Http404
    if not request.htmx:
        messages.success(request, text)
        return redirect(_url(contact))
    response = _show(request, contact)
    trigger_client_event(response, "law-changed")
    trigger_client_event(response, "toast", {"text": text, "level": "success"})
    return response


def _show(request: Request, contact: Contact) -> HttpResponse:
    page = "contacts/_law.html" if request.htmx else "contacts/law.html"
    return render(request, page, {"record": read_record(contact), "contact": contact})


def _url(contact: Contact) -> str:
    name = "company_law" if isinstance(contact, Company) else "person_law"
    return reverse(f"contacts:{name}", args=[contact.pk])
