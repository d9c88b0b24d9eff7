"""With whom, and which deal it belongs to."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.subjects import Subject
from contacts.models import Person
from pipeline.models import Deal


class AboutForm(forms.Form):
    """What every form of a panel asks: with whom, and which deal it belongs to."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    person = forms.ModelChoiceField(
        label=_("With"), queryset=Person.objects.none(), required=False, empty_label=_("not named")
    )
    deal = forms.ModelChoiceField(
        label=_("Deal"), queryset=Deal.objects.none(), required=False, empty_label=_("none in particular")
    )

    def __init__(
        self, subject: Subject, user: User, data: object = None, initial: dict[str, object] | None = None
    ) -> None:
        usual = {"person": subject.usual_person(), "deal": subject.usual_deal(user)}
        super().__init__(data, initial={**usual, **(initial or {})})  # type: ignore[arg-type]
        self.user = user
        people, deals = subject.people(), subject.deals(user)
        self._offer("person", people)
        self._offer("deal", deals.select_related("company", "person"))
        if "deal" in self.fields:
            self.fields["deal"].label_from_instance = lambda deal: deal.title  # type: ignore[attr-defined]

    def _offer(self, name: str, rows: object) -> None:
        field = self.fields[name]
        field.queryset = rows  # type: ignore[attr-defined]
        if not field.queryset.exists():  # type: ignore[attr-defined]
            del self.fields[name]
