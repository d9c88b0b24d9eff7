"""When an appointment would be: just enough to look for clashes."""

from datetime import datetime

from django import forms

from accounts.models import User
from activities.calendars import USUAL_LENGTH
from activities.forms.fields import ClockField, DayField, moment_of
from activities.subjects import Subject
from pipeline.models import Deal


class WhenForm(forms.Form):
    """Day and times of an appointment that is still being typed, and who of us would go."""

    on = DayField()
    time = ClockField()
    until = ClockField(required=False)
    deal = forms.ModelChoiceField(Deal.objects.none(), required=False)
    colleagues = forms.ModelMultipleChoiceField(User.objects.active(), required=False)
    moving = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, subject: Subject, user: User, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.subject, self.user = subject, user
        self.fields["deal"].queryset = subject.deals(user).select_related("owner")  # type: ignore[attr-defined]

    def begins(self) -> datetime:
        """When it would begin."""
        return moment_of(self.cleaned_data["on"], self.cleaned_data["time"])

    def ends(self) -> datetime:
        """When it would end, after the usual hour when nothing is said."""
        until = self.cleaned_data["until"]
        return moment_of(self.cleaned_data["on"], until) if until else self.begins() + USUAL_LENGTH

    def goers(self) -> list[User]:
        """Whose appointment it would be, the owner of its deal or who asks, and the colleagues named."""
        deal = self.subject.row if isinstance(self.subject.row, Deal) else self.cleaned_data["deal"]
        owner = (deal.owner if deal else None) or self.user
        return [owner, *self.cleaned_data["colleagues"]]
