"""Input checks of the customer's page of an offer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.money import amount_field
from offers.actions import PointFacts
from offers.models import NegotiationPoint, OfferLine

NAME = {"autocomplete": "name"}


class PageForm(forms.Form):
    """One of several forms of a page: the names of its fields are told apart by its own."""

    def __init__(self, *args: object, **options: object) -> None:
        options.setdefault("auto_id", f"{type(self).__name__.removesuffix('Form').lower()}_%s")
        super().__init__(*args, **options)  # type: ignore[arg-type]


class NamedForm(PageForm):
    """Whoever writes says who they are."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs=NAME))


class AcceptForm(NamedForm):
    """The binding yes."""

    email = forms.EmailField(
        label=_("Your e-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    agree = forms.BooleanField(label=_("I accept this offer bindingly, with the items ticked above."))


class AskForm(NamedForm):
    """A question about the offer."""

    text = forms.CharField(
        label=_("Your question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CounterForm(NamedForm):
    """What the customer wants otherwise."""

    kind = forms.ChoiceField(label=_("It is about"), choices=NegotiationPoint.Kind)
    text = forms.CharField(
        label=_("What would you like?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    amount = amount_field(_("How much in amount, if it is about money"), blank=True).formfield(
        required=False, min_value=0
    )

    def wish(self) -> PointFacts:
        """As the action takes it."""
        given = self.cleaned_data
        return PointFacts(kind=given["kind"], text=given["text"], amount=given["amount"])


class DeclineForm(PageForm):
    """No, and why."""

    reason = forms.CharField(
        label=_("Why not?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("So that we can do better next time."),
    )


def chosen_positions(data: dict[str, list[str]], lines: list[OfferLine]) -> set[int]:
    """The places that are ticked: boxes of optional items, one button per group of alternatives."""
    said = {value for values in data.values() for value in values if value.isdecimal() and len(value) < 10}
    return {line.position for line in lines if _is_open(line) and str(line.position) in said}


def with_choice(lines: list[OfferLine], chosen: set[int]) -> list[OfferLine]:
    """The lines as they would be with this choice; nothing is written."""
    decided = {line.alternative_group for line in lines if line.position in chosen}
    for line in lines:
        if line.alternative_group is not None and line.alternative_group not in decided:
            continue
        if _is_open(line):
            line.is_chosen = line.position in chosen
    return lines


def _is_open(line: OfferLine) -> bool:
    return line.is_optional or line.alternative_group is not None
