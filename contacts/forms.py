"""Input checks of companies, persons and employments."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from contacts.actions import CompanyFacts, PersonFacts, Reach
from contacts.choosers import ChooserField
from contacts.duplicates import Twin, twins_of_company, twins_of_person
from contacts.models import BuyingRole, Company, Employment, Person
from core.templatetags.dates import short_date
from core.versions import VersionedForm
from extra_fields.forms import ExtraFieldsForm


class ContactForm(VersionedForm, ExtraFieldsForm, forms.ModelForm):
    """What companies and persons have in common: owner, and version of the row or key of the form."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person in charge", "Owner"),
        queryset=User.objects.active().by_name(),
        required=False,
        empty_label=_("nobody"),
    )

    def __init__(self, data: QueryDict | None = None, *, row: Company | Person | None = None) -> None:
        super().__init__(data, instance=row)
        self.add_extra_fields(self._meta.model._meta.model_name or "", row.extra if row else None)
        if row:
            del self.fields["form_key"]
            self.carry_version(row.version)
        if row and row.owner_id:
            active = User.objects.active() | User.objects.filter(pk=row.owner_id)
            self.fields["owner"].queryset = active.by_name()  # type: ignore[attr-defined]

    @property
    def is_new(self) -> bool:
        """Whether a row is being entered, not changed."""
        return self.instance.pk is None

    def was_sent(self) -> bool:
        """Whether this very form has been answered already; then what it entered is no double."""
        key = self.cleaned_data["form_key"]
        return bool(key) and type(self.instance).objects.filter(form_key=key).exists()


class CompanyForm(ContactForm):
    """What a user says of a company."""

    kinds = forms.MultipleChoiceField(
        label=_("What it is to us"),
        choices=Company.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Company.Kind.PROSPECT],
        required=False,
    )
    parent = ChooserField(Company, label=_("Parent company"), required=False)

    class Meta:
        model = Company
        fields = ("name", "kinds", "industry", "employees", "parent", "owner", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "name": _("Name"),
            "industry": _("Industry"),
            "employees": _("Employees"),
            "note": _("Note"),
        }

    def clean_parent(self) -> Company | None:
        """No company stands above itself."""
        parent: Company | None = self.cleaned_data["parent"]
        if parent is not None and self.instance.pk and parent.is_part_of(self.instance):
            raise ValidationError(_("A company cannot be its own parent company, not even through others."))
        return parent

    def facts(self) -> CompanyFacts:
        """As the action wants them."""
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return CompanyFacts(**said, extra=self.extra_values())

    def twins(self, reach: Reach) -> list[Twin]:
        """Companies that may be the same."""
        return twins_of_company(self.cleaned_data["name"], _values(reach))


class PersonForm(ContactForm):
    """What a user says of a person."""

    class Meta:
        model = Person
        fields = ("salutation", "title", "first_name", "last_name", "language", "owner", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "salutation": _("Salutation"),
            "title": pgettext_lazy("of a person", "Title"),
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "language": _("Language"),
            "note": _("Note"),
        }

    def facts(self) -> PersonFacts:
        """As the action wants them."""
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return PersonFacts(**said, extra=self.extra_values())

    def twins(self, reach: Reach) -> list[Twin]:
        """Persons that may be the same."""
        given = self.cleaned_data
        return twins_of_person(given["first_name"], given["last_name"], _values(reach))


class EmploymentForm(forms.Form):
    """Who works where: position and role in purchases."""

    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    role = forms.ChoiceField(
        label=_("Role in purchases"),
        choices=[("", _("not known")), *BuyingRole.choices],
        required=False,
    )


class EmploymentEditForm(VersionedForm, EmploymentForm):
    """Position and role of an employment that stands already."""

    def __init__(self, employment: Employment, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"position": employment.position, "role": employment.role})
        self.carry_version(employment.version)


class JoinForm(EmploymentForm):
    """An employment between two known rows; one of them is the page we are on."""

    person = ChooserField(Person, label=_("Person"), help_text=_("Type a part of the name."))
    company = ChooserField(Company, label=_("Company"), help_text=_("Type a part of the name."))
    field_order = ("person", "company", "position", "role")

    def __init__(self, row: Company | Person, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.row, self.known = row, "company" if isinstance(row, Company) else "person"
        del self.fields[self.known]

    def clean(self) -> dict[str, object]:
        """Both sides, also the one whose page this is; together they are new."""
        cleaned: dict[str, object] = {**(super().clean() or {}), self.known: self.row}
        person, company = cleaned.get("person"), cleaned.get("company")
        if isinstance(person, Person) and isinstance(company, Company):
            Employment(person=person, company=company).validate_constraints()
        return cleaned


class EndForm(forms.Form):
    """The last day of an employment."""

    on = forms.DateField(
        label=_("Last day"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[
            MinValueValidator(date(1950, 1, 1)),
            MaxValueValidator(date(2100, 12, 31)),
        ],
    )

    def __init__(self, employment: Employment, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.employment = employment

    def clean_on(self) -> date:
        """It ends once, after it began."""
        on: date = self.cleaned_data["on"]
        since, until = self.employment.since, self.employment.until
        if until is not None:
            text = _("This employment has ended already, on %(day)s.")
            raise ValidationError(text, params={"day": short_date(until)})
        if since is not None and on < since:
            raise ValidationError(
                _("The end must not lie before the start, %(day)s."), params={"day": short_date(since)}
            )
        return on


def _values(reach: Reach) -> Sequence[str]:
    return [channel.value for channel in reach.channels]
