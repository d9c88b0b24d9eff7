"""Choosing a company or a person by a part of the name; who is not known yet is entered on the spot."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Func, Model, QuerySet, TextField, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Company, ContactQuerySet, Person
from core.addresses import is_key

# Before a name that was typed and not chosen; keys are digits only.
TYPED = "+"
MOST_OPTIONS = 10
LONGEST_NAME = 160


class Chooser(forms.TextInput):
    """A text field that offers rows while one types; the key of the chosen row travels in a hidden field."""

    template_name = "contacts/_chooser.html"

    def __init__(self, kind: str, *, creates: bool = False) -> None:
        super().__init__({"autocomplete": "off"})
        self.url_name, self.creates = f"contacts:{kind}_options", creates
        self.choices: object = None

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """The name of the chosen row, or what was typed."""
        context: dict[str, object] = super().get_context(name, value, attrs)
        text = str(value or "")
        key = "" if text.startswith(TYPED) else text
        context["chooser"] = {
            "url": reverse(self.url_name),
            "key": key,
            "text": self._name_of(key) if key else text.removeprefix(TYPED),
            "creates": self.creates,
        }
        return context

    def value_from_datadict(self, data: Mapping[str, str], files: object, name: str) -> str:
        """The key of the chosen row, else the name that was typed, marked as such."""
        key, text = data.get(name, "").strip(), data.get(f"{name}_text", "").strip()
        return key or (f"{TYPED}{text}" if text else "")

    def _name_of(self, key: str) -> str:
        queryset = getattr(self.choices, "queryset", None)
        row = queryset.filter(pk=key).first() if queryset is not None and is_key(key) else None
        return str(row or "")


class ChooserField(forms.ModelChoiceField):
    """A company or a person: chosen, found by its exact name, or (where `creates`) new and not saved yet.

    Archived ones are neither offered nor found; who was chosen before stays chosen.
    """

    def __init__(
        self, model: type[Company] | type[Person], *, creates: bool = False, **options: object
    ) -> None:
        widget = Chooser(model._meta.model_name or "", creates=creates)
        super().__init__(model.objects.all(), widget=widget, **options)  # type: ignore[arg-type]
        self.model, self.creates = model, creates

    def to_python(self, value: object) -> Model | None:
        """The row; several of the same name must be chosen from."""
        if not isinstance(value, str) or not value.startswith(TYPED):
            return super().to_python(value)
        text = " ".join(value.removeprefix(TYPED).split())
        forms.CharField(max_length=LONGEST_NAME).clean(text)
        same = list(_called(self.model.objects.current(), text)[:2])
        if len(same) == 1:
            return same[0]
        if same or not self.creates:
            raise ValidationError(_("Please choose from the list."), code="invalid_choice")
        return _new(self.model, text)


@dataclass(frozen=True)
class Option:
    """A row to choose, and what tells it from others of the same name."""

    key: str
    name: str
    hint: str


def offered(rows: ContactQuerySet, text: str, company: str) -> list[Option]:
    """The rows to offer for what was typed; while nothing is typed, of persons those of the company."""
    rows = rows.current().named(text) if text else rows.current()
    if rows.model is Company:
        rows = rows.prefetch_related("addresses")
    else:
        rows = rows.prefetch_related("employments__company")
        if not text and is_key(company):
            rows = rows.filter(employments__company=company, employments__until=None)
    found = rows.order_by("sort_key", "pk")[:MOST_OPTIONS]
    return [Option(str(row.pk), str(row), _hint(row)) for row in found]


def _hint(row: Company | Person) -> str:
    if isinstance(row, Company):
        places = [address.city for address in row.addresses.all() if address.city]
    else:
        places = [str(job.company) for job in row.employments.all() if job.until is None]
    return ", ".join(places[:2])


def _called(rows: ContactQuerySet, text: str) -> QuerySet:
    folded = Func(Value(text), function="public.match_key", output_field=TextField())
    return rows.alias(same=folded).filter(match_key=F("same")).exclude(match_key="")


def _new(model: type[Company] | type[Person], text: str) -> Company | Person:
    if model is Company:
        new: Company | Person = Company(name=text)
    else:
        first, _space, last = text.rpartition(" ")
        new = Person(first_name=first, last_name=last)
    new.clean_fields(exclude=["owner", "parent"])
    return new
