"""Input checks of who works where."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.actions.employments import below
from contacts.choosers import ChooserField
from contacts.models import BuyingRole, Company, Employment, Person
from core.templatetags.dates import short_date
from core.versions import VersionedForm


class EmploymentForm(forms.Form):
    """Who works where: position and role in purchases."""

    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    role = forms.ChoiceField(
        label=_("Role in purchases"),
        choices=[("", _("not known")), *BuyingRole.choices],
        required=False,
    )


class EmploymentEditForm(VersionedForm, EmploymentForm):
    """Position, role and superior of an employment that stands already."""

    reports_to = forms.ModelChoiceField(
        label=_("Reports to"), queryset=Employment.objects.none(), required=False, empty_label=_("not known")
    )

    def __init__(self, employment: Employment, data: QueryDict | None = None) -> None:
        names = ("position", "role")
        said = {name: getattr(employment, name) for name in names}
        super().__init__(data, initial={**said, "reports_to": employment.reports_to_id})
        self.carry_version(employment.version)
        colleagues = Employment.objects.present().filter(company=employment.company_id)
        others = colleagues.exclude(pk__in={employment.pk, *below(employment)})
        field = self.fields["reports_to"]
        field.queryset = others.select_related("person").order_by("person__sort_key", "pk")  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.person} · {one.position}".rstrip(" ·")  # type: ignore[attr-defined]


class JoinForm(EmploymentForm):
    """An employment between two known rows; one of them is the page we are on."""

    person = ChooserField(Person, label=_("Person"), help_text=_("Type a part of the name."))
    company = ChooserField(Company, label=_("Company"), help_text=_("Type a part of the name."))
    field_order = ("person", "company", "position", "role")

    def __init__(self, row: Company | Person, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.row, self.known = row, "company" if isinstance(row, Company) else "person"
        del self.fields[self.known]

    def clean(self) -> dict[str, object]:
        """Both sides, also the one whose page this is; together they are new."""
        cleaned: dict[str, object] = {**(super().clean() or {}), self.known: self.row}
        person, company = cleaned.get("person"), cleaned.get("company")
        if isinstance(person, Person) and isinstance(company, Company):
            Employment(person=person, company=company).validate_constraints()
        return cleaned


class EndForm(forms.Form):
    """The last day of an employment."""

    on = forms.DateField(
        label=_("Last day"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[
            MinValueValidator(date(1950, 1, 1)),
            MaxValueValidator(date(2100, 12, 31)),
        ],
    )

    def __init__(self, employment: Employment, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.employment = employment

    def clean_on(self) -> date:
        """It ends once, after it began."""
        on: date = self.cleaned_data["on"]
        since, until = self.employment.since, self.employment.until
        if until is not None:
            text = _("This employment has ended already, on %(day)s.")
            raise ValidationError(text, params={"day": short_date(until)})
        if since is not None and on < since:
            raise ValidationError(
                _("The end must not lie before the start, %(day)s."), params={"day": short_date(since)}
            )
        return on
