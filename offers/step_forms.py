"""Input checks of what is done to an offer: begun, sent, answered, approved, asked about."""

from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from offers.models import OfferTemplate, OfferVersion
from pipeline.models import Deal


class StartForm(forms.Form):
    """Which template a new offer begins with."""

    template = forms.ModelChoiceField(
        label=_("Template"),
        queryset=OfferTemplate.objects.none(),
        required=False,
        empty_label=_("without a template"),
    )
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, data: QueryDict | None = None, *, user: User, deal: Deal) -> None:
        super().__init__(data)
        group = deal.product.group_id if deal.product else None
        fitting = OfferTemplate.objects.visible_to(user).fitting(group)
        self.fields["template"].queryset = fitting  # type: ignore[attr-defined]


class SeenForm(forms.Form):
    """Which saving of the draft the user saw."""

    revision = forms.IntegerField(min_value=0)


class ApprovalForm(SeenForm):
    """Why it should be approved."""

    note = forms.CharField(label=_("Why it should be approved"), max_length=500, required=False)


class AnswerApprovalForm(forms.Form):
    """Yes or no, with a word to it."""

    granted = forms.TypedChoiceField(
        choices=[("yes", _("Approve")), ("no", _("Do not approve"))], coerce=lambda value: value == "yes"
    )
    note = forms.CharField(label=_("In words"), max_length=500, required=False)


class DeclineForm(forms.Form):
    """Why the customer says no."""

    reason = forms.CharField(label=_("Why declined"), max_length=500, required=False)


class AcceptForm(forms.Form):
    """Which optional and alternative items the customer takes, by their positions."""

    chosen = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data: QueryDict, *, version: OfferVersion) -> None:
        super().__init__(data)
        places = version.lines.values_list("position", flat=True)
        self.fields["chosen"].choices = [(place, place) for place in places]  # type: ignore[attr-defined]


class QuestionForm(forms.Form):
    """A question, and who asked it."""

    text = forms.CharField(label=_("Question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    by_customer = forms.TypedChoiceField(
        label=_("Who asks"),
        choices=[("yes", _("The customer")), ("no", _("We"))],
        coerce=lambda value: value == "yes",
        initial="yes",
    )


class AnswerForm(forms.Form):
    """The answer to a question."""

    answer = forms.CharField(label=_("Answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 2}))
