"""Forms of companies and persons: shown, refused with what was typed, asked about doubles and stale edits."""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from accounts.http import Request
from contacts.duplicates import Twin
from contacts.forms import CompanyForm, EmploymentForm, PersonForm, ReachForms
from contacts.models import Company, Person
from core.versions import TOO_LATE

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
        if self.row is not None and self.form.is_stale():
            self.is_stale = True
            self.lines.say_what_is_saved_now()
            return False
        if self.row is None and "confirmed" not in data and not self.form.was_sent():
            self.twins = self.form.twins(self.lines.reach())
        return not self.twins

    @property
    def form_key(self) -> UUID | None:
        """What tells a form that was sent twice from two forms."""
        key: UUID | None = self.form.cleaned_data["form_key"]
        return key

    def show(self, request: Request) -> HttpResponse:
        """The page with everything that was typed."""
        status = TOO_LATE if self.is_stale else NOT_YET if self.form.is_bound else 200
        return render(request, "contacts/contact_form.html", {"draft": self}, status=status)

    def _is_valid(self) -> bool:
        judged = [self.form.is_valid(), self.lines.is_valid()]
        if self.employment is not None:
            judged.append(self.employment.is_valid())
        return all(judged)


def posted(request: Request) -> QueryDict | None:
    """What was sent, also when that is nothing; None for a form that is only shown."""
    return request.POST if request.method == "POST" else None
