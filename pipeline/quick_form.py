"""The form in the head of a column: a deal entered in ten seconds; the rest follows on its page."""

from django.http import QueryDict

from accounts.models import User
from pipeline.actions import DealFacts
from pipeline.deal_form import DealForm

ASKED = ("company", "title", "value", "form_key")


class QuickDealForm(DealForm):
    """Which company, what about, and what it may be worth; it belongs to whoever enters it."""

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data, user=user)
        self.user = user
        self.fields = {name: self.fields[name] for name in ASKED}
        self.fields["company"].required = True
        for name in ASKED:
            self.fields[name].help_text = ""

    @property
    def facts(self) -> DealFacts:
        """What was typed, as the actions take it."""
        typed = self.cleaned_data
        return DealFacts(
            title=typed["title"], owner=self.user, company=typed["company"], value=typed["value"]
        )
