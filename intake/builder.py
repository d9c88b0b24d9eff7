"""Input checks of the pages on which web forms are built."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Team, User
from contacts.models import Means
from core.versions import VersionedForm
from intake.actions import ConsentFacts, FieldFacts, FormFacts
from intake.models import FormConsent, FormField, LeadForm
from leads.models import Campaign, Source

MOST_FIELDS, MOST_HOSTS = 30, 20
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,90}[a-z0-9])?(?::\d{1,5})?")
USUAL = ("company", "last_name", "email", "phone", "message")
CONSENTS = (Means.EMAIL, Means.PHONE)


class HostsField(forms.CharField):
    """Web sites, one per line; what stands before and behind their name is left out."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def prepare_value(self, value: object) -> object:
        """As lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: object) -> list[str]:
        """The names in small letters, each once."""
        lines = str(super().clean(value)).lower().replace(",", "\n").split()
        hosts = [re.sub(r"^https?://", "", line).split("/")[0] for line in lines]
        for host in hosts:
            if not HOST.fullmatch(host):
                raise ValidationError(_("This is no web site: %(name)s") % {"name": host})
        if len(hosts) > MOST_HOSTS:
            raise ValidationError(_("At most %(count)d web sites, please.") % {"count": MOST_HOSTS})
        return list(dict.fromkeys(hosts))


class FieldForm(forms.Form):
    """One question; an emptied line is taken away."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    position = forms.IntegerField(
        label=pgettext_lazy("in a row", "Order"), min_value=0, max_value=999, required=False
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("field of a form", "Asks for"),
        choices=[("", "–"), *FormField.Kind.choices],
        required=False,
    )
    label_de = forms.CharField(label=_("Label (German)"), max_length=120, required=False)
    label_en = forms.CharField(label=_("Label (English)"), max_length=120, required=False)
    choices = forms.CharField(label=_("Answers, with ; between"), max_length=500, required=False)
    is_required = forms.BooleanField(label=_("required"), required=False)

    def clean(self) -> dict[str, object]:
        """A question of one's own has words, a choice has answers."""
        cleaned: dict[str, object] = super().clean() or {}
        kind = cleaned.get("kind")
        if kind in FormField.OWN and not cleaned.get("label_de"):
            self.add_error("label_de", _("Please say what is asked."))
        if kind == FormField.Kind.CHOICE and not str(cleaned.get("choices") or "").strip(" ;"):
            self.add_error("choices", _("Please name the answers."))
        return cleaned

    def facts(self) -> FieldFacts:
        """As the action wants it."""
        given = self.cleaned_data
        is_choice = given["kind"] == FormField.Kind.CHOICE
        names = ("pk", "kind", "label_de", "label_en", "is_required")
        return FieldFacts(
            **{name: given[name] for name in names}, choices=given["choices"] if is_choice else ""
        )


class BaseFieldFormSet(forms.BaseFormSet):
    """All questions of a form."""

    def clean(self) -> None:
        """Nothing is asked twice, and something is asked."""
        kinds = [form.cleaned_data.get("kind") for form in self.forms if form.is_valid()]
        known = [kind for kind in kinds if kind and kind not in FormField.OWN]
        if len(known) != len(set(known)):
            raise ValidationError(_("Nothing can be asked twice."))
        if not any(kinds):
            raise ValidationError(_("Please ask for something."))

    def facts(self) -> list[FieldFacts]:
        """The questions in their order; those without a number come last."""
        asked = [form for form in self.forms if form.cleaned_data.get("kind")]
        asked.sort(
            key=lambda form: (form.cleaned_data["position"] is None, form.cleaned_data["position"] or 0)
        )
        return [form.facts() for form in asked]


FieldFormSet = forms.formset_factory(
    FieldForm, BaseFieldFormSet, extra=2, max_num=MOST_FIELDS, absolute_max=MOST_FIELDS
)


def _address(name: str) -> forms.URLField:
    """An address on the web, encrypted where nothing else is said."""
    column: Any = LeadForm._meta.get_field(name)
    return forms.URLField(
        label=column.verbose_name,
        help_text=column.help_text,
        max_length=200,
        required=False,
        assume_scheme="https",
    )


class BuilderForm(VersionedForm, forms.ModelForm):
    """A web form, without its questions."""

    hosts = HostsField(
        label=_("Allowed web sites"),
        required=False,
        max_length=2000,
        help_text=_("One per line, such as www.firma.de: where the form may stand, in a frame or as HTML."),
    )

    privacy_url = _address("privacy_url")
    thanks_url = _address("thanks_url")

    class Meta:
        model = LeadForm
        fields = (
            "name",
            "title_de",
            "title_en",
            "intro_de",
            "intro_en",
            "source",
            "campaign",
            "team",
            "owner",
            "hosts",
            "takes_files",
            "privacy_url",
            "thanks_de",
            "thanks_en",
            "thanks_url",
            "is_active",
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("intro_de", "intro_en", "thanks_de", "thanks_en")
        }

    def __init__(self, user: User, data: QueryDict | None = None, *, row: LeadForm | None = None) -> None:
        super().__init__(data, instance=row)
        if row:
            self.carry_version(row.version)
        self.fields["source"].queryset = Source.objects.filter(is_active=True)  # type: ignore[attr-defined]
        campaigns = Campaign.objects.visible_to(user).in_use()
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["owner"].queryset = User.objects.active().order_by("last_name", "first_name")  # type: ignore[attr-defined]
        for name in ("team", "owner"):
            self.fields[name].empty_label = _("by the rules of assignment")  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """The consent to one means; without words it is not asked for."""

    wording_de = forms.CharField(
        label=_("Wording (German)"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    wording_en = forms.CharField(
        label=_("Wording (English)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    needs_confirmation = forms.BooleanField(
        label=_("Confirmed by mail (double opt-in)"), required=False, initial=True
    )

    def __init__(self, means: Means, form: LeadForm | None, data: QueryDict | None = None) -> None:
        self.means = means
        self.row = FormConsent.objects.filter(form=form, means=means).first() if form else None
        names = ("wording_de", "wording_en", "needs_confirmation")
        initial = {name: getattr(self.row, name) for name in names} if self.row else {}
        super().__init__(data, initial=initial, prefix=f"consent_{means}")
        if means != Means.EMAIL:
            del self.fields["needs_confirmation"]

    def facts(self) -> ConsentFacts | None:
        """As the action wants it; None when it is not asked for."""
        if not self.cleaned_data["wording_de"]:
            return None
        given = {"needs_confirmation": False, **self.cleaned_data}
        return ConsentFacts(means=self.means, pk=self.row.pk if self.row else None, **given)


class Builder:
    """All parts of the page together."""

    def __init__(self, user: User, data: QueryDict | None = None, *, row: LeadForm | None = None) -> None:
        self.form = BuilderForm(user, data, row=row)
        self.questions = FieldFormSet(data, initial=_questions(row), prefix="fields")
        self.consents = [ConsentForm(means, row, data) for means in CONSENTS]

    def is_valid(self) -> bool:
        """Whether every part is, each looked at so that all say what is wrong."""
        parts: list[Any] = [self.form, self.questions, *self.consents]
        answers = [part.is_valid() for part in parts]
        return all(answers)

    def facts(self) -> FormFacts:
        """As the action wants it."""
        given = {name: self.form.cleaned_data[name] for name in BuilderForm.Meta.fields}
        consents = [consent.facts() for consent in self.consents]
        return FormFacts(
            **given,
            fields=self.questions.facts(),  # type: ignore[attr-defined]
            consents=[consent for consent in consents if consent],
        )


def _questions(row: LeadForm | None) -> list[dict[str, object]]:
    """The present questions; for a new form those that are asked most."""
    if row is None:
        return [{"kind": kind, "position": number * 10} for number, kind in enumerate(USUAL, start=1)]
    names = ("pk", "kind", "label_de", "label_en", "choices", "is_required")
    return [
        {**{name: getattr(each, name) for name in names}, "position": number * 10}
        for number, each in enumerate(row.fields.all(), start=1)
    ]
