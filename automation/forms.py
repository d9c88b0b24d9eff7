"""Input checks of rules: when, only if, then."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from activities.models import FollowUp
from automation.actions import DeedFacts, RuleFacts
from automation.conditions import QUESTIONS, as_query, kept
from automation.deeds import NEEDS_A_DEAL
from automation.models import Deed, Rule, Trigger
from automation.models.rule import MOST_DAYS
from core.versions import VersionedForm, spoken
from mailbox.models import MailTemplate
from pipeline.filters import DealFilter
from pipeline.models import LossReason

MOST_DEEDS = 5
# What a deed cannot do without, and what is said when it is missing.
NEEDED: dict[str, tuple[str, Any]] = {
    Deed.NOTIFY_OWNER: ("text", _("Please say what they are to read.")),
    Deed.NOTIFY_MANAGER: ("text", _("Please say what they are to read.")),
    Deed.TAG: ("text", _("Please name the tag.")),
    Deed.ASSIGN: ("to", _("Please choose the colleague.")),
    Deed.MAIL: ("template", _("Please choose the template.")),
}


class DeedForm(forms.Form):
    """One deed; without a kind the line is left out."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("rule", "Then"), choices=[("", "–"), *Deed.choices], required=False
    )
    text = forms.CharField(label=_("Text or tag"), max_length=200, required=False)
    days = forms.IntegerField(
        label=_("In so many days"), min_value=0, max_value=MOST_DAYS, required=False, initial=0
    )
    step_kind = forms.ChoiceField(
        label=_("Kind of follow-up"),
        choices=FollowUp.Kind.choices,
        required=False,
        initial=FollowUp.Kind.CALL,
    )
    to = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none(), required=False)
    template = forms.ModelChoiceField(
        label=_("Template"), queryset=MailTemplate.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.active().order_by("last_name", "first_name")  # type: ignore[attr-defined]
        self.fields["template"].queryset = MailTemplate.objects.offered()  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """A line with a kind is meant, also where it says what was there before."""
        return bool(self["kind"].value())

    def clean(self) -> dict[str, object]:
        """What the deed cannot do without is there."""
        cleaned: dict[str, object] = super().clean() or {}
        name, missing = NEEDED.get(str(cleaned.get("kind")), ("", ""))
        if name and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, missing)
        return cleaned

    def facts(self) -> DeedFacts:
        """As the action wants it."""
        given = self.cleaned_data
        return DeedFacts(
            kind=given["kind"],
            text=given["text"].strip(),
            days=given["days"] or 0,
            step_kind=given["step_kind"] or FollowUp.Kind.CALL,
            to=given["to"] if given["kind"] == Deed.ASSIGN else None,
            template=given["template"] if given["kind"] == Deed.MAIL else None,
        )


class BaseDeedFormSet(forms.BaseFormSet):
    """All deeds of a rule."""

    def clean(self) -> None:
        """A rule does something."""
        if not any(self.errors) and not self.chosen():
            raise ValidationError(_("Please say what is to happen."))

    def chosen(self) -> list[Any]:
        """The lines that say something."""
        return [form for form in self.forms if form.cleaned_data.get("kind")]

    def facts(self) -> list[DeedFacts]:
        """The deeds in their order."""
        return [form.facts() for form in self.chosen()]


DeedFormSet = forms.formset_factory(
    DeedForm, BaseDeedFormSet, extra=1, max_num=MOST_DEEDS, absolute_max=MOST_DEEDS
)


class RuleForm(VersionedForm, forms.ModelForm):
    """When a rule looks, and how much it may do."""

    class Meta:
        model = Rule
        fields = ("name", "trigger", "days", "loss_reason", "per_day")
        help_texts = {
            "days": _("So many days after it happened or began; for offers that expire: before the end."),
        }

    def __init__(self, data: QueryDict | None = None, *, row: Rule | None = None) -> None:
        super().__init__(data, instance=row)
        if row:
            self.carry_version(row.version)
        reasons = LossReason.objects.filter(is_active=True)
        self.fields["loss_reason"].queryset = reasons  # type: ignore[attr-defined]
        self.fields["loss_reason"].empty_label = _("any reason")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """A reason belongs to a loss."""
        cleaned: dict[str, object] = super().clean() or {}
        if cleaned.get("loss_reason") and cleaned.get("trigger") != Trigger.DEAL_LOST:
            self.add_error("loss_reason", _("Only a lost deal has a reason."))
        return cleaned


class RuleEditor:
    """All parts of the page together: when, only if, then."""

    def __init__(self, user: User, data: QueryDict | None = None, *, row: Rule | None = None) -> None:
        self.form = RuleForm(data, row=row)
        present = as_query(row.conditions if row else {})
        self.asking = DealFilter(present if data is None else data, user=user)
        self.deeds = DeedFormSet(data, initial=_present(row), prefix="deeds")

    @property
    def questions(self) -> list[forms.BoundField]:
        """The conditions that can be asked for, as fields."""
        return [self.asking.form[name] for name in QUESTIONS if name in self.asking.form.fields]

    def spoken(self) -> list[tuple[str, str]]:
        """The conditions that are asked for, as label and value."""
        said = self.asking.asked
        return [
            (str(field.label), spoken(field.field, said[field.name]))
            for field in self.questions
            if field.name in said
        ]

    def is_valid(self) -> bool:
        """Whether every part is, each looked at so that all say what is wrong."""
        self.asking.form.is_valid()
        answers = [self.form.is_valid(), self.deeds.is_valid()]
        is_asked_right = not any(name in self.asking.form.errors for name in QUESTIONS)
        return all(answers) and is_asked_right and self._fits()

    def facts(self) -> RuleFacts:
        """As the action wants it."""
        given = self.form.cleaned_data
        return RuleFacts(
            **{name: given[name] for name in RuleForm.Meta.fields},
            conditions=kept(self.asking),
            deeds=self.deeds.facts(),  # type: ignore[attr-defined]
        )

    def _fits(self) -> bool:
        """Customers have no deal that could be handed over."""
        if self.form.cleaned_data["trigger"] != Trigger.CUSTOMER_SILENT:
            return True
        misfits = [one for one in self.deeds.forms if one.cleaned_data.get("kind") in NEEDS_A_DEAL]
        for one in misfits:
            one.add_error("kind", _("This can only be done to a deal."))
        return not misfits


def _present(row: Rule | None) -> list[dict[str, object]]:
    if row is None:
        return []
    names = ("kind", "text", "days", "step_kind", "to", "template")
    return [{name: getattr(deed, name) for name in names} for deed in row.deeds.all()]
