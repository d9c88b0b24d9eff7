"""Input checks of companies and persons."""

from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from contacts.actions import CompanyFacts, PersonFacts
from contacts.choosers import ChooserField
from contacts.duplicates import Draft, Values, draft_of
from contacts.form_parts import Section, TagsField
from contacts.identifiers import register_number, vat_id
from contacts.legal_forms import legal_form, legal_forms
from contacts.matching.records import register_key
from contacts.models import Company, Person
from core.versions import VersionedForm
from extra_fields.forms import ExtraFieldsForm

FIRST_BIRTHDAY = date(1890, 1, 1)


class ContactForm(VersionedForm, ExtraFieldsForm, forms.ModelForm):
    """What companies and persons have in common: owner, and version of the row or key of the form."""

    sections: tuple[Section, ...]

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person in charge", "Owner"),
        queryset=User.objects.active().by_name(),
        required=False,
        empty_label=_("nobody"),
    )

    tags = TagsField(required=False)

    def __init__(self, data: QueryDict | None = None, *, row: Company | Person | None = None) -> None:
        super().__init__(data, instance=row)
        if row:
            self.initial["tags"] = ", ".join(str(tagging) for tagging in row.taggings.select_related("tag"))
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

    def tags_named(self) -> list[str]:
        """The tags that were typed. Of a checked form."""
        names: list[str] = self.cleaned_data["tags"]
        return names

    def sections_shown(self) -> list[dict[str, object]]:
        """The fields in their sections; what is not placed comes in the last one, extra fields among it.

        A folded section opens where it says something or something is wrong.
        """
        placed = {name for section in self.sections for name in section.names}
        rest = [field for field in self.visible_fields() if field.name not in placed]
        shown = []
        for section in self.sections:
            chosen = [self[name] for name in section.names]
            if section is self.sections[-1]:
                chosen = [*chosen[:-1], *rest, *chosen[-1:]]
            is_open = any(field.errors or field.value() for field in chosen)
            shown.append({"section": section, "fields": chosen, "is_open": is_open})
        return shown

    @property
    def twins_url(self) -> str:
        """Where to ask, while one types, who may be known already."""
        return reverse(f"contacts:{self._meta.model._meta.model_name}_twins")

    def was_sent(self) -> bool:
        """Whether this very form has been answered already; then what it entered is no double."""
        key = self.cleaned_data["form_key"]
        return bool(key) and type(self.instance).objects.filter(form_key=key).exists()


class CompanyForm(ContactForm):
    """What a user says of a company."""

    sections = (
        Section("", ("name", "legal_form", "industry", "owner", "kinds", "tags")),
        Section(
            _("Size, register and tax"),
            (
                "employees",
                "stated_size",
                "customer_number",
                "parent",
                "vat_id",
                "register_court",
                "register_number",
            ),
            is_folded=True,
        ),
        Section(_("Further details"), ("note",)),
    )

    legal_form = forms.ChoiceField(label=_("Legal form"), required=False)
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
        fields = (
            "name",
            "legal_form",
            "kinds",
            "industry",
            "owner",
            "employees",
            "stated_size",
            "customer_number",
            "parent",
            "vat_id",
            "register_court",
            "register_number",
            "note",
        )
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "name": _("Name"),
            "industry": _("Industry"),
            "employees": _("Employees"),
            "stated_size": _("Size"),
            "customer_number": _("Customer number"),
            "vat_id": _("VAT id"),
            "register_court": _("Register court"),
            "register_number": _("Register number"),
            "note": _("Note"),
        }
        help_texts = {"stated_size": _("If the number of employees is not known.")}

    def __init__(self, data: QueryDict | None = None, *, row: Company | Person | None = None) -> None:
        super().__init__(data, row=row)
        if row is None:
            self.initial["kinds"] = [Company.Kind.PROSPECT]
        kept = self.instance.legal_form if row else ""
        # A form that only repeats the name follows it when the name changes.
        if kept and kept == legal_form(self.instance.name):
            self.initial["legal_form"] = kept = ""
        forms_known = list(dict.fromkeys([*legal_forms(), *([kept] if kept else [])]))
        choices = [("", _("as in the name")), *((form, form) for form in forms_known)]
        self.fields["legal_form"].choices = choices  # type: ignore[attr-defined]

    def clean_vat_id(self) -> str:
        """In one spelling, checked by the rule of its country."""
        text: str = self.cleaned_data["vat_id"]
        return vat_id(text) if text else ""

    def clean_register_number(self) -> str:
        """In one spelling."""
        text: str = self.cleaned_data["register_number"]
        return register_number(text) if text else ""

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

    def draft(self, channels: Values) -> Draft:
        """What is typed so far, to compare with companies; what is not sensible yet is left out."""
        given = self.cleaned_data
        register = register_key(given.get("register_court") or "", given.get("register_number") or "")
        return draft_of(
            Company,
            channels,
            name=given.get("name") or "",
            vat_id=given.get("vat_id") or "",
            register=register,
        )


class PersonForm(ContactForm):
    """What a user says of a person."""

    sections = (
        Section("", ("salutation", "title", "first_name", "last_name", "language", "owner", "tags")),
        Section(_("Further details"), ("birthday", "note")),
    )

    class Meta:
        model = Person
        fields = (
            "salutation",
            "title",
            "first_name",
            "last_name",
            "language",
            "owner",
            "birthday",
            "note",
        )
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "birthday": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {
            "salutation": _("Salutation"),
            "title": pgettext_lazy("of a person", "Title"),
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "language": _("Language"),
            "birthday": _("Birthday"),
            "note": _("Note"),
        }

    def clean_birthday(self) -> date | None:
        """A day someone alive can have been born on."""
        day: date | None = self.cleaned_data["birthday"]
        if day is not None and not FIRST_BIRTHDAY <= day <= timezone.localdate():
            raise ValidationError(_("Nobody we can reach was born on this day."))
        return day

    def facts(self) -> PersonFacts:
        """As the action wants them."""
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return PersonFacts(**said, extra=self.extra_values())

    def draft(self, channels: Values) -> Draft:
        """What is typed so far, to compare with persons; what is not sensible yet is left out."""
        given = self.cleaned_data
        return draft_of(
            Person,
            channels,
            given=given.get("first_name") or "",
            family=given.get("last_name") or "",
            birthday=given.get("birthday"),
        )
