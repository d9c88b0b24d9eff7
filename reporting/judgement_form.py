"""Input of a manager's judgement of a deal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.models import DealJudgement


class JudgementForm(forms.Form):
    """What the manager says, and why; `last` is what was said last."""

    stance = forms.ChoiceField(
        label=_("Judgement"), choices=DealJudgement.Stance.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("What do you know that the history does not say?"),
    )

    def __init__(self, data: Any = None, *, last: DealJudgement | None) -> None:
        super().__init__(data, initial={"stance": last.stance, "reason": last.reason} if last else {})

    def clean(self) -> dict[str, Any]:
        """Whoever says something says why."""
        cleaned = super().clean() or self.cleaned_data
        says_nothing = cleaned.get("stance") in (None, DealJudgement.Stance.NONE)
        if not says_nothing and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Please say why: the judgement will be compared with what comes."))
        return cleaned
