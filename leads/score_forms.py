"""Input checks of the rules of the score."""

from django import forms
from django.http import QueryDict

from core.versions import VersionedForm
from leads.models import ScoreRule

WHAT = ("label_de", "label_en", "part", "points", "half_life_days", "is_active")
LEAD = (
    *("source", "campaign", "product_group", "direction", "language", "country", "postal_codes"),
    *("industry", "known", "job", "wish"),
)
TOUCH = ("channel", "touch_direction", "page", "most_times")


class ScoreRuleForm(VersionedForm, forms.ModelForm):
    """What a rule gives, and what it asks of leads and touches."""

    class Meta:
        model = ScoreRule
        fields = (*WHAT, *LEAD, *TOUCH)

    def __init__(self, data: QueryDict | None = None, *, rule: ScoreRule | None = None) -> None:
        super().__init__(data, instance=rule)
        self.carry_version(self.instance.version)

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """The fields in three parts: what it gives, what it asks of the lead, what of touches."""
        return [[self[name] for name in names] for names in (WHAT, LEAD, TOUCH)]
