"""The form above the explorer: one select for each part of a question."""

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from explorer.asked import AXES, PERIODS, SHOWN, Asked
from explorer.kinds import UNKNOWN
from explorer.subjects_of_work import SUBJECTS
from explorer.words import Dimension
from reporting.scopes import Scopes

AXIS_LABELS = {
    "rows": pgettext_lazy("of a table", "Rows"),
    "split": _("Within the rows"),
    "columns": pgettext_lazy("of a table", "Columns"),
}


class QuestionForm(forms.Form):
    """What is asked now, to be changed; the address is read by `explorer.asked`, not by this form."""

    def __init__(
        self, asked: Asked, offered: Mapping[str, Dimension], currencies: list[str], scopes: Scopes
    ) -> None:
        super().__init__(initial=_initial(asked))
        self.asked = asked
        by = [(name, one.label) for name, one in offered.items()]
        measures = [(name, one.label) for name, one in asked.subject.measures.items()]
        self._choose("subject", _("What"), [(name, one.label) for name, one in SUBJECTS.items()])
        self._choose("measure", _("Measure"), measures)
        for axis in AXES:
            none = [] if axis == "rows" else [("", _("none"))]
            self._choose(axis, AXIS_LABELS[axis], [*none, *by])
        self._choose("show", _("Shown as"), list(SHOWN.items()))
        self._choose("period", _("Period"), list(PERIODS.items()))
        for name, label in (("from", pgettext_lazy("a day", "From")), ("to", pgettext_lazy("a day", "To"))):
            self.fields[name] = forms.DateField(
                label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
            )
        if asked.measure.is_money:
            codes = sorted({asked.currency, *currencies})
            self._choose("currency", _("Currency"), [(code, code) for code in codes])
        self.narrowing = [name for name, one in offered.items() if self._offer(name, one, scopes)]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """What is counted, by what, of which period."""
        return [self[name] for name in self.fields if name not in self.narrowing]

    @property
    def narrowing_fields(self) -> list[forms.BoundField]:
        """What it is narrowed down to."""
        return [self[name] for name in self.narrowing]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What is asked beside the selects, to be sent along."""
        filters = self.asked.filters.items()
        return [(name, one.text) for name, one in filters if name not in self.narrowing]

    def _choose(self, name: str, label: object, choices: Sequence[tuple[str, object]]) -> None:
        self.fields[name] = forms.ChoiceField(label=str(label), choices=choices, required=False)

    def _offer(self, name: str, dimension: Dimension, scopes: Scopes) -> bool:
        """A select of the groups, unless there are too many of them, or something else is asked of them."""
        choices: list[tuple[str, object]] = list(dimension.kind.choices(scopes))
        if not choices:
            return False
        choices = [("", _("all")), *choices, (UNKNOWN, dimension.unknown or _("unknown"))]
        asked = self.asked.filters.get(name)
        if asked is not None and asked.text not in dict(choices):
            return False
        self._choose(name, dimension.label, choices)
        return True


def _initial(asked: Asked) -> dict[str, object]:
    query = QueryDict(asked.query)
    return {name: query[name] for name in query}
