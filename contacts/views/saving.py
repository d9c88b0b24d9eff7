"""Forms of companies and persons: shown, refused with what was typed, asked about doubles and stale edits."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.http import Request
from contacts.duplicates import Twin
from contacts.forms import CompanyForm, EmploymentForm, PersonForm, ReachForms
from contacts.models import Company, Person

TOO_LATE = 409
NOT_YET = 422


ContactForm = TypeVar("ContactForm", CompanyForm, PersonForm)


@dataclass
class Draft(Generic[ContactForm]):
    """What a user is entering: the form of the row, the lines below it, and what stands in its way."""

    form: ContactForm
    lines: ReachForms
    title: str
    back: str
    row: Company | Person | None = None
    employment: EmploymentForm | None = None
    twins: list[Twin] | None = None
    is_stale: bool = False

    def is_ready(self, data: QueryDict | None) -> bool:
        """Whether it can be saved: sensible, not changed by others, no double unless the user says so."""
        if data is None or not self._is_valid():
            return False
        if self.row is not None and self.form.seen_version() != self.row.version:
            self.is_stale = True
            self._catch_up(self.row, data)
            return False
        if self.row is None and "confirmed" not in data:
            self.twins = self.form.twins(self.lines.reach())
        return not self.twins

    def show(self, request: Request) -> HttpResponse:
        """The page with everything that was typed."""
        status = TOO_LATE if self.is_stale else NOT_YET if self.form.is_bound else 200
        return render(request, "contacts/contact_form.html", {"draft": self}, status=status)

    def _is_valid(self) -> bool:
        judged = [self.form.is_valid(), self.lines.is_valid()]
        if self.employment is not None:
            judged.append(self.employment.is_valid())
        return all(judged)

    def _catch_up(self, row: Company | Person, data: QueryDict) -> None:
        """Saving once more is then a decision: the form carries the present version."""
        typed = data.copy()
        typed["version"] = str(row.version)
        self.form.data = typed
        text = _(
            "Someone else has changed this entry in the meantime. "
            "Your text is still here; saving once more keeps it."
        )
        self.form.add_error(None, text)
        for name in self.form.changed_data:
            if name in self.form.fields and name != "version":
                saved = _spoken(row, name)
                self.form.add_error(name, _("Now saved here: %(value)s") % {"value": saved or "–"})


def posted(request: Request) -> QueryDict | None:
    """What was sent, also when that is nothing; None for a form that is only shown."""
    return request.POST if request.method == "POST" else None


def _spoken(row: Company | Person, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else getattr(row, name) or "")
