"""Persons: list, page, form."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.actions import add_person, edit_person
from contacts.forms import PersonForm
from contacts.list_pages import PERSONS
from contacts.lists import MOST_ROWS
from contacts.merging import survivor_of
from contacts.models import Employment, Person
from contacts.restriction import restricted_person
from contacts.views.lists import show_list
from contacts.views.saving import change, enter

USUAL = ("q", "owner", "role", "status", "tag", "archived")


@require_GET
def person_list(request: Request) -> HttpResponse:
    """Persons by name, with search and filters."""
    return show_list(request, PERSONS, "contacts/person_list.html", usual=USUAL)


@require_GET
def person_detail(request: Request, pk: int) -> HttpResponse:
    """Facts, employers, deals and what happened with a person."""
    if (restricted := restricted_person(pk)) is not None:
        return render(request, "contacts/person_restricted.html", {"person": restricted})
    person = get_visible(Person.objects.select_related("owner"), request.user, pk)
    if person.merged_into_id:
        return redirect(survivor_of(person))
    employments = person.employments.select_related("company").order_by("company__sort_key", "pk")
    present = list(employments.present()[:MOST_ROWS])
    former = employments.exclude(until=None).order_by("-until", "-pk")
    context = {
        "person": person,
        "quick": {"kind": "persons", "row": person},
        "deal_query": _deal_query(person, present),
        "employments": present,
        "former": former[:MOST_ROWS],
    }
    return render(request, "contacts/person_detail.html", context)


@require_http_methods(["GET", "POST"])
def person_add(request: Request) -> HttpResponse:
    """Enter a person."""
    back = reverse("contacts:person_list")
    return enter(request, PersonForm, add_person, title=_("New person"), back=back)


@require_http_methods(["GET", "POST"])
def person_edit(request: Request, pk: int) -> HttpResponse:
    """Change what a person says."""
    return change(request, PersonForm, get_editable(Person.objects, request.user, pk), edit_person)


def _deal_query(person: Person, employments: list[Employment]) -> str:
    """Whom a deal opened here is with: the person, and their company where there is only one."""
    company = f"&company={employments[0].company_id}" if len(employments) == 1 else ""
    return f"?person={person.pk}{company}"
