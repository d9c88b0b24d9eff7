"""Input checks of the funnel: moves, losing, criteria, who works on a deal."""

from collections.abc import Iterable, Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.choosers import ChooserField
from contacts.models import BuyingRole, Person
from pipeline.models import Criterion, Deal, LossReason, Stage

NOTE_LENGTH = 200


def _stage_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=Stage.choices, coerce=lambda value: Stage(int(value)), widget=forms.HiddenInput
    )


class StepForm(forms.Form):
    """A step of a deal: the stage it was seen in, and whether unmet criteria were asked about already."""

    seen_in = _stage_field()
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)


class MoveDealForm(StepForm):
    """A step into another stage."""

    to = _stage_field()


class LossForm(forms.Form):
    """Why deals were lost; some reasons ask for an explanation."""

    reason = forms.ModelChoiceField(
        label=_("Reason"),
        queryset=LossReason.objects.filter(is_active=True).exclude(code=LossReason.UNKNOWN),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Please choose a reason.")},
    )
    note = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What others can learn from it."),
    )

    def clean(self) -> dict[str, object]:
        """The explanation is due where the reason asks for one."""
        cleaned: dict[str, object] = super().clean() or {}
        reason = cleaned.get("reason")
        if isinstance(reason, LossReason) and reason.needs_note and not cleaned.get("note"):
            self.add_error("note", _("Please say in a few words why the deal was lost."))
        return cleaned


class LoseDealForm(LossForm):
    """Why a deal was lost, and the stage it was seen in."""

    seen_in = _stage_field()


class SettledForm(forms.Form):
    """For each unmet criterion a line for what shows that it is met after all; empty means: still unmet."""

    PREFIX = "settled_"

    @classmethod
    def is_in(cls, data: Iterable[str]) -> bool:
        """Whether any such line was sent; most moves come without."""
        return any(name.startswith(cls.PREFIX) for name in data)

    def __init__(self, criteria: Iterable[Criterion], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.criteria = list(criteria)
        for criterion in self.criteria:
            self.fields[f"{self.PREFIX}{criterion.pk}"] = forms.CharField(
                label=criterion.label,
                required=False,
                max_length=NOTE_LENGTH,
                widget=forms.TextInput(attrs={"placeholder": _("settled, because …"), "autocomplete": "off"}),
            )

    def settled(self) -> Iterator[tuple[Criterion, str]]:
        """The criteria something was written about, with the note."""
        for criterion in self.criteria:
            note = self.cleaned_data.get(f"{self.PREFIX}{criterion.pk}", "")
            if note:
                yield criterion, note


class TickForm(forms.Form):
    """A criterion ticked by hand: the note says what shows that it is met."""

    title = _("Settled")
    submit_label = _("Settled")

    criterion = forms.ModelChoiceField(queryset=Criterion.objects.none(), widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What shows it?"),
        max_length=NOTE_LENGTH,
        error_messages={"required": _("Please note what shows it.")},
    )

    def __init__(self, deal: Deal, data: object = None, **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        field = self.fields["criterion"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Criterion.objects.of_kind(deal.kind)


class MemberForm(forms.Form):
    """A colleague who is to work on the deal, too."""

    title = _("Co-workers")
    submit_label = _("Add")

    user = forms.ModelChoiceField(
        label=_("Colleague"), queryset=User.objects.none(), empty_label=_("choose …")
    )

    def __init__(self, deal: Deal, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["user"]
        if isinstance(field, forms.ModelChoiceField):
            helping = deal.members.values("user")
            field.queryset = User.objects.active().exclude(pk=deal.owner_id).exclude(pk__in=helping).by_name()


class NamePersonForm(forms.Form):
    """A person and their role in the buying centre: those who work for the company, or found by name."""

    title = _("Buying centre")
    submit_label = _("Add")

    person = ChooserField(
        Person,
        label=_("Person"),
        error_messages={
            "required": _("Please choose a person."),
            "invalid_choice": _("Please choose a person from the list."),
        },
    )
    role = forms.ChoiceField(label=_("Role in this purchase"), choices=BuyingRole.choices)

    def __init__(self, deal: Deal, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        if deal.company_id:
            self.fields["person"].widget.attrs["data-company"] = deal.company_id


class StageForm(forms.Form):
    """In which stage deals begin."""

    stage = forms.TypedChoiceField(
        label=_("Begins in"), choices=Stage.choices[:3], coerce=lambda value: Stage(int(value))
    )
