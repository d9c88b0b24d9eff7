"""The lines of channels and addresses in the forms of companies and persons."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from email_validator import EmailNotValidError, validate_email

from contacts.actions import AddressFacts, ChannelFacts, Reach
from contacts.models import Address, Channel, Company, Person
from contacts.phones import parsed, readable
from contacts.places import clean_postal_code, knows_codes, places_of
from contacts.web_addresses import kind_of, profile, web_address
from core.versions import now_saved

MOST_ROWS = 30
PROFILES = (Channel.Kind.LINKEDIN, Channel.Kind.XING, Channel.Kind.PROFILE)
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
        if kind == Channel.Kind.WEB and "." in value:
            kind = cleaned["kind"] = kind_of(value)
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

    use = forms.ChoiceField(
        label=pgettext_lazy("of an address", "Use"),
        choices=Address.Use.choices,
        initial=Address.Use.MAIN,
        required=False,
    )
    street = forms.CharField(label=_("Street and number"), max_length=120, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)
    city = forms.CharField(label=_("Place"), max_length=80, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES, initial="DE")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        kept = self.initial.get("country")
        if kept and kept not in dict(COUNTRIES):
            self.fields["country"].choices = [*COUNTRIES, (kept, kept)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """The postal code by the rule of its country; a place that has only one name is filled in."""
        cleaned: dict[str, object] = super().clean() or {}
        country, code = str(cleaned.get("country") or ""), str(cleaned.get("postal_code") or "")
        if not country or not code:
            return cleaned
        try:
            cleaned["postal_code"] = clean_postal_code(country, code)
        except ValidationError as problem:
            self.add_error("postal_code", problem)
            return cleaned
        if not cleaned.get("city"):
            places = places_of(country, str(cleaned["postal_code"]))
            cleaned["city"] = places[0] if len(places) == 1 else ""
        return cleaned

    def facts(self) -> AddressFacts | None:
        """None for a new line that says nothing."""
        given = self.cleaned_data
        if not any(given.get(name) for name in ("street", "postal_code", "city", "pk")):
            return None
        names = ("street", "postal_code", "city", "country", "pk")
        use = given["use"] or Address.Use.MAIN
        return AddressFacts(**{name: given[name] for name in names}, use=use)


ChannelFormSet = forms.formset_factory(ChannelForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
AddressFormSet = forms.formset_factory(AddressForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class ReachForms:
    """The lines of channels and addresses below the form of a contact."""

    def __init__(self, data: QueryDict | None = None, *, row: Company | Person | None = None) -> None:
        self.row = row
        channels = list(row.channels.all()) if row else []
        addresses = list(row.addresses.all()) if row else []
        self.channels = ChannelFormSet(data, prefix="channels", initial=[_said_by(c) for c in channels])
        self.addresses = AddressFormSet(data, prefix="addresses", initial=[_where(a) for a in addresses])

    @property
    def hint_of_addresses(self) -> str | Promise:
        """Where the places come from that are proposed, when it is not from a list of all of them."""
        if knows_codes():
            return ""
        return _("Places are completed from addresses entered before: no list of postal codes is loaded.")

    def is_valid(self) -> bool:
        """Whether every line is; both lists are looked at, so that all errors show at once."""
        return all([self.channels.is_valid(), self.addresses.is_valid()])

    def say_what_is_saved_now(self) -> None:
        """Tell each line that someone else saved something else in its place."""
        if self.row is not None:
            _compare(self.channels, {channel.pk: _said_by(channel) for channel in self.row.channels.all()})
            _compare(self.addresses, {address.pk: _where(address) for address in self.row.addresses.all()})

    def typed(self) -> list[tuple[str, str]]:
        """Kind and value of each channel that makes sense so far."""
        told = [line.cleaned_data for line in self.channels if hasattr(line, "cleaned_data")]
        return [(given["kind"], given["value"]) for given in told if given.get("kind") and given.get("value")]

    def reach(self) -> Reach:
        """All lines that say something, and those that were emptied."""
        channels = [line.facts() for line in self.channels]
        addresses = [line.facts() for line in self.addresses]
        return Reach(
            channels=[channel for channel in channels if channel],
            addresses=[address for address in addresses if address],
        )


def _channel_value(kind: str, value: str) -> str:
    if kind == Channel.Kind.EMAIL:
        return _email(value)
    if kind == Channel.Kind.WEB:
        return web_address(value)
    return profile(kind, value) if kind in PROFILES else parsed(value)


def _email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError as problem:
        raise ValidationError(_("This is no e-mail address."), code="email") from problem


def _said_by(channel: Channel) -> dict[str, object]:
    is_phone = channel.kind in (Channel.Kind.PHONE, Channel.Kind.MOBILE)
    value = readable(channel.value) if is_phone else channel.value
    return {"pk": channel.pk, "kind": channel.kind, "value": value, "label": channel.label}


def _where(address: Address) -> dict[str, object]:
    return {
        name: getattr(address, name) for name in ("pk", "use", "street", "postal_code", "city", "country")
    }


def _compare(lines: forms.BaseFormSet, saved: dict[int, dict[str, object]]) -> None:
    for line in lines:
        values = saved.get(line.cleaned_data.get("pk") or 0, {})
        for name, value in values.items():
            if name != "pk" and str(line[name].value() or "") != str(value):
                line.add_error(name, now_saved(str(value)))
