"""Persons: list, page, form, archive."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.actions import add_person, archive, edit_person, unarchive
from contacts.filters import PersonFilter
from contacts.forms import PersonForm, ReachForms
from contacts.lists import LIST_ORDER, with_reach
from contacts.models import Person
from contacts.views.saving import Draft, posted
from core.pagination import keyset_page


@require_GET
def person_list(request: Request) -> HttpResponse:
    """Persons by name, with search and filters."""
    asked = PersonFilter(request.GET, user=request.user)
    rows = asked.qs
    page = keyset_page(rows.order_by(), LIST_ORDER, request.GET.get("cursor", ""))
    page.rows[:] = with_reach(page.rows, "owner")
    context = {"filter": asked, "page": page, "count": rows.count()}
    return render(request, "contacts/person_list.html", context)


@require_GET
def person_detail(request: Request, pk: int) -> HttpResponse:
    """Facts, employers, deals and what happened with a person."""
    person = get_visible(Person.objects.select_related("owner"), request.user, pk)
    employments = person.employments.select_related("company").order_by("until", "company__sort_key", "pk")
    context = {
        "person": person,
        "employments": employments.filter(until=None),
        "former": employments.exclude(until=None),
    }
    return render(request, "contacts/person_detail.html", context)


@require_http_methods(["GET", "POST"])
def person_add(request: Request) -> HttpResponse:
    """Enter a person; one who seems to be known already is asked about."""
    data = posted(request)
    draft = Draft(PersonForm(data), ReachForms(data), _("New person"), reverse("contacts:person_list"))
    if not draft.is_ready(data):
        return draft.show(request)

    person = add_person(draft.form.facts(), draft.lines.reach(), form_key=draft.form_key, actor=request.user)

    messages.success(request, _("%(name)s is in the customer database.") % {"name": person})
    return redirect("contacts:person_detail", person.pk)


@require_http_methods(["GET", "POST"])
def person_edit(request: Request, pk: int) -> HttpResponse:
    """Change what a person says; someone else's change meanwhile is told, and nothing typed is lost."""
    person = get_editable(Person.objects, request.user, pk)
    data, back = posted(request), reverse("contacts:person_detail", args=[pk])
    known = get_editable(Person.objects, request.user, pk)
    draft = Draft(PersonForm(data, row=known), ReachForms(data, row=known), str(person), back, row=person)
    if not draft.is_ready(data):
        return draft.show(request)

    facts, reach = draft.form.facts(), draft.lines.reach()
    edit_person(person, facts, reach, seen_version=draft.form.seen_version(), actor=request.user)

    messages.success(request, _("Saved."))
    return redirect(back)


@require_POST
def person_archive(request: Request, pk: int) -> HttpResponse:
    """Take a person out of lists and choices."""
    archive(get_editable(Person.objects, request.user, pk), actor=request.user)
    messages.success(request, _("Archived."))
    return redirect("contacts:person_detail", pk)


@require_POST
def person_unarchive(request: Request, pk: int) -> HttpResponse:
    """Bring an archived person back."""
    unarchive(get_editable(Person.objects, request.user, pk), actor=request.user)
    messages.success(request, _("Brought back from the archive."))
    return redirect("contacts:person_detail", pk)
