"""What is known of a person beyond the facts, and all of it at hand when calling or writing."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.actions import drop_value, forget_interest, note_interest, state_value
from contacts.greetings import greeting
from contacts.knowledge_forms import InterestForm, ValueForm
from contacts.models import Person
from contacts.views.saving import NOT_YET
from core.addresses import read_keys


@require_POST
def interest_note(request: Request, pk: int) -> HttpResponse:
    """Note an interest or a preference."""
    person = get_editable(Person.objects, request.user, pk)
    form = InterestForm(request.POST)
    if not form.is_valid():
        return _show(request, person, interest_form=form)
    given = form.cleaned_data
    note_interest(person, given["text"], kind=given["kind"], source=given["source"], actor=request.user)
    return _show(request, person)


@require_POST
def interest_forget(request: Request, pk: int, key: int) -> HttpResponse:
    """Take an interest away."""
    person = get_editable(Person.objects, request.user, pk)
    forget_interest(person, key, actor=request.user)
    return _show(request, person)


@require_POST
def value_state(request: Request, pk: int) -> HttpResponse:
    """Note what matters to a person."""
    person = get_editable(Person.objects, request.user, pk)
    form = ValueForm(request.POST)
    if not form.is_valid():
        return _show(request, person, value_form=form)
    given = form.cleaned_data
    state_value(person, given["value"], weight=given["weight"], source=given["source"], actor=request.user)
    return _show(request, person)


@require_POST
def value_drop(request: Request, pk: int, key: int) -> HttpResponse:
    """Note that it does not matter any more."""
    person = get_editable(Person.objects, request.user, pk)
    drop_value(person, key, actor=request.user)
    return _show(request, person)


@require_GET
def person_at_hand(request: Request, pk: int) -> HttpResponse:
    """What one wants to have before one's eyes when calling or writing to a person."""
    person = get_visible(Person.objects, request.user, pk)
    employments = person.employments.present().select_related("company").order_by("pk")
    context = {"person": person, "greeting": greeting(person), "employments": employments[:3]}
    return render(request, "contacts/_at_hand.html", context)


@require_GET
def at_hand(request: Request) -> HttpResponse:
    """The same of the `person` a form has chosen, or of whose address `to` is; nothing for anyone else."""
    people, addresses = (read_keys(request.GET.getlist(name)) for name in ("person", "to"))
    chosen = Q(pk__in=people) | Q(channels__in=addresses)
    person = Person.objects.visible_to(request.user).filter(chosen).first()
    return person_at_hand(request, person.pk) if person else HttpResponse()


def _show(request: Request, person: Person, **forms: object) -> HttpResponse:
    """The panel, with a form that was refused; without htmx the page of the person."""
    if not request.htmx:
        return redirect(person)
    status = NOT_YET if forms else 200
    return render(request, "contacts/_knowledge.html", {"person": person, **forms}, status=status)
