"""The form of one fact of a deal, changed where it is shown: on a card, beside the board, on the page."""

from dataclasses import replace

from django import forms
from django.http import QueryDict

from accounts.models import User
from extra_fields.models import NAME_PREFIX, ExtraField
from pipeline.actions import DealFacts, facts_of
from pipeline.deal_form import DealForm, Difference, shown_value
from pipeline.models import Deal

CHANGEABLE = ("title", "value", "expected_close_on", "kind", "product", "source", "owner")


def is_changeable(name: str) -> bool:
    """Whether there is such a fact: one every deal has, or an extra field in use."""
    fields = ExtraField.objects.of("deal").in_use()
    return name in CHANGEABLE or fields.filter(code=name.removeprefix(NAME_PREFIX)).exists()


class FactForm(DealForm):
    """One fact; `seen` is what stood there when the form was opened.

    Two who change different facts of a deal do not hinder each other; of the same fact the second is told.
    """

    deal: Deal

    def __init__(self, data: QueryDict | None = None, *, user: User, deal: Deal, name: str) -> None:
        super().__init__(data, user=user, deal=deal)
        self.name = name
        self.extra_fields = [one for one in self.extra_fields if one.form_name == name]
        field = self.fields[name]
        field.help_text = ""
        # As it stood: what came in by import may begin or end with a blank.
        seen = forms.CharField(
            required=False, strip=False, widget=forms.HiddenInput, initial=self._now, max_length=600
        )
        self.fields = {name: field, "seen": seen}

    @property
    def main(self) -> forms.BoundField:
        """The fact itself."""
        return self[self.name]

    @property
    def facts(self) -> DealFacts:
        """What the deal says, with this fact as it was typed."""
        if self.extra_fields:
            return replace(facts_of(self.deal), extra=self.extra_values())
        return replace(facts_of(self.deal), **{self.name: self.cleaned_data[self.name]})

    @property
    def is_stale(self) -> bool:
        """Whether somebody changed this very fact since the form was opened."""
        return bool(self.cleaned_data["seen"] != self._now)

    def differences(self) -> list[Difference]:
        """What stands there now beside what was typed."""
        if self.extra_fields:
            return self._extra_differences()
        saved, typed = getattr(self.deal, self.name), self.cleaned_data.get(self.name)
        return [Difference(str(self.main.label), shown_value(saved), shown_value(typed))]

    def renewed(self) -> "FactForm":
        """The same form for saving all the same: what was typed stays."""
        self.data = {**{name: self.data[name] for name in self.data}, "seen": self._now}
        return self

    @property
    def _now(self) -> str:
        if self.extra_fields:
            return str(self.deal.extra.get(self.extra_fields[0].code, ""))
        value = getattr(self.deal, self.name)
        return str(value.pk if hasattr(value, "pk") else value if value is not None else "")
