"""Input checks of companies, persons, channels, addresses and employments."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from email_validator import EmailNotValidError, validate_email

from accounts.models import User
from contacts.actions import AddressFacts, ChannelFacts, CompanyFacts, PersonFacts, Reach
from contacts.choosers import ChooserField
from contacts.duplicates import Twin, twins_of_company, twins_of_person
from contacts.models import Address, BuyingRole, Channel, Company, Employment, Person
from contacts.phones import parsed, readable
from core.versions import VersionedForm, now_saved

MOST_ROWS = 30
LONGEST_WEB_ADDRESS = 254
COUNTRIES = [
    ("DE", _("Germany")),
    ("AT", _("Austria")),
    ("CH", _("Switzerland")),
    ("LI", _("Liechtenstein")),
    ("LU", _("Luxembourg")),
    ("BE", _("Belgium")),
    ("CZ", _("Czechia")),
    ("DK", _("Denmark")),
    ("FR", _("France")),
    ("GB", _("United Kingdom")),
    ("IT", _("Italy")),
    ("NL", _("Netherlands")),
    ("PL", _("Poland")),
    ("US", _("United States")),
]


class ContactForm(VersionedForm, forms.ModelForm):
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

    parent = ChooserField(Company, label=_("Parent company"), required=False)

    class Meta:
        model = Company
        fields = ("name", "kind", "industry", "employees", "parent", "owner", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "name": _("Name"),
            "kind": _("Kind"),
            "industry": _("Industry"),
            "employees": _("Employees"),
            "note": _("Note"),
        }

    def facts(self) -> CompanyFacts:
        """As the action wants them."""
        return CompanyFacts(**{name: self.cleaned_data[name] for name in self.Meta.fields})

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
        return PersonFacts(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    def twins(self, reach: Reach) -> list[Twin]:
        """Persons that may be the same."""
        given = self.cleaned_data
        return twins_of_person(given["first_name"], given["last_name"], _values(reach))


class RowForm(forms.Form):
    """One line of a list in a form; an emptied line is taken away."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ChannelForm(RowForm):
    """One way to reach the contact."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Channel.Kind.choices, initial=Channel.Kind.PHONE)
    value = forms.CharField(label=_("Number or address"), max_length=254, required=False)
    label = forms.CharField(label=_("Remark"), max_length=60, required=False)

    def clean(self) -> dict[str, object]:
        """The number, address or web site in the form in which it is kept."""
        cleaned: dict[str, object] = super().clean() or {}
        kind, value = cleaned.get("kind"), str(cleaned.get("value") or "")
        if not kind or not value:
            return cleaned
        try:
            cleaned["value"] = _channel_value(str(kind), value)
        except ValidationError as problem:
            self.add_error("value", problem)
        return cleaned

    def facts(self) -> ChannelFacts | None:
        """None for a new line that says nothing."""
        given = self.cleaned_data
        if not (given.get("value") or given.get("pk")):
            return None
        return ChannelFacts(given["kind"], given["value"], given["label"], pk=given["pk"])


class AddressForm(RowForm):
    """One address of the contact."""

    street = forms.CharField(label=_("Street and number"), max_length=120, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)
    city = forms.CharField(label=_("Place"), max_length=80, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, initial="DE")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        kept = self.initial.get("country")
        if kept and kept not in dict(COUNTRIES):
            self.fields["country"].choices = [*COUNTRIES, (kept, kept)]  # type: ignore[attr-defined]

    def facts(self) -> AddressFacts | None:
        """None for a new line that says nothing."""
        given = self.cleaned_data
        if not any(given.get(name) for name in ("street", "postal_code", "city", "pk")):
            return None
        return AddressFacts(
            given["street"], given["postal_code"], given["city"], given["country"], pk=given["pk"]
        )


ChannelFormSet = forms.formset_factory(ChannelForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
AddressFormSet = forms.formset_factory(AddressForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class ReachForms:
    """The lines of channels and addresses below the form of a contact."""

    def __init__(self, data: QueryDict | None = None, *, row: Company | Person | None = None) -> None:
        self.row = row
        channels = list(row.channels.order_by("pk")) if row else []
        addresses = list(row.addresses.order_by("pk")) if row else []
        self.channels = ChannelFormSet(data, prefix="channels", initial=[_said_by(c) for c in channels])
        self.addresses = AddressFormSet(data, prefix="addresses", initial=[_where(a) for a in addresses])

    def is_valid(self) -> bool:
        """Whether every line is; both lists are looked at, so that all errors show at once."""
        return all([self.channels.is_valid(), self.addresses.is_valid()])

    def say_what_is_saved_now(self) -> None:
        """Tell each line that someone else saved something else in its place."""
        if self.row is not None:
            _compare(self.channels, {channel.pk: _said_by(channel) for channel in self.row.channels.all()})
            _compare(self.addresses, {address.pk: _where(address) for address in self.row.addresses.all()})

    def reach(self) -> Reach:
        """All lines that say something, and those that were emptied."""
        channels = [line.facts() for line in self.channels]
        addresses = [line.facts() for line in self.addresses]
        return Reach(
            channels=[channel for channel in channels if channel],
            addresses=[address for address in addresses if address],
        )


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
        del self.fields["company" if isinstance(row, Company) else "person"]


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


def _channel_value(kind: str, value: str) -> str:
    if kind == Channel.Kind.EMAIL:
        return _email(value)
    return _web_address(value) if kind == Channel.Kind.WEB else parsed(value)


def _email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError as problem:
        raise ValidationError(_("This is no e-mail address."), code="email") from problem


def _web_address(value: str) -> str:
    address = value if "://" in value else f"https://{value}"
    if len(address) > LONGEST_WEB_ADDRESS:
        raise ValidationError(_("This web address is too long."), code="web")
    URLValidator(schemes=["http", "https"], message=_("This is no web address."))(address)
    return address


def _said_by(channel: Channel) -> dict[str, object]:
    is_phone = channel.kind in (Channel.Kind.PHONE, Channel.Kind.MOBILE)
    value = readable(channel.value) if is_phone else channel.value
    return {"pk": channel.pk, "kind": channel.kind, "value": value, "label": channel.label}


def _where(address: Address) -> dict[str, object]:
    return {name: getattr(address, name) for name in ("pk", "street", "postal_code", "city", "country")}


def _compare(lines: forms.BaseFormSet, saved: dict[int, dict[str, object]]) -> None:
    for line in lines:
        values = saved.get(line.cleaned_data.get("pk") or 0, {})
        for name, value in values.items():
            if name != "pk" and str(line[name].value() or "") != str(value):
                line.add_error(name, now_saved(str(value)))


def _values(reach: Reach) -> Sequence[str]:
    return [channel.value for channel in reach.channels]
