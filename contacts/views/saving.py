"""Forms of companies and persons: shown, refused with what was typed, asked about doubles and stale edits."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.http import Request
from contacts.duplicates import Twin, twins_of
from contacts.employment_forms import EmploymentForm
from contacts.forms import CompanyForm, PersonForm
from contacts.models import Company, Person
from contacts.reach_forms import ReachForms
from core.versions import TOO_LATE, VersionedForm

NOT_YET = 422

Save = Callable[..., Company | Person]


@dataclass
class Draft:
    """What a user is entering: the form of the row, the lines below it, and what stands in its way."""

    form: CompanyForm | PersonForm
    lines: ReachForms
    title: str
    back: str
    employment: EmploymentForm | None = None
    twins: list[Twin] | None = None

    @property
    def forms(self) -> list[forms.BaseForm]:
        """The form and all its lines."""
        jobs = [self.employment] if self.employment is not None else []
        return [self.form, *jobs, *self.lines.channels, *self.lines.addresses]

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong anywhere."""
        return any(form.errors for form in self.forms)

    def is_ready(self) -> bool:
        """Whether it can be saved: sensible, not changed by others, no double unless the user says so."""
        if not self._is_valid():
            return False
        if self.form.is_new:
            self.twins = [] if self._is_no_double() else twins_of(self.form.draft(self.lines.typed()))
            return not self.twins
        if self.form.is_stale():
            self.lines.say_what_is_saved_now()
            return False
        return True

    def show(self, request: Request) -> HttpResponse:
        """The page with everything that was typed."""
        context, status = {"draft": self}, status_of(self.form)
        return render(request, "contacts/contact_form.html", context, status=status)

    def _is_valid(self) -> bool:
        judged = [self.form.is_valid(), self.lines.is_valid()]
        if self.employment is not None:
            judged.append(self.employment.is_valid())
        return all(judged)

    def _is_no_double(self) -> bool:
        return "confirmed" in self.form.data or self.form.was_sent()


def enter(
    request: Request, kind: type[CompanyForm] | type[PersonForm], save: Save, *, title: str, back: str
) -> HttpResponse:
    """A new row and how to reach it; one that seems to be known already is asked about."""
    data = posted(request)
    draft = Draft(kind(data), ReachForms(data), title, back)
    if not draft.is_ready():
        return draft.show(request)

    key = draft.form.cleaned_data["form_key"]
    facts, tags = draft.form.facts(), draft.form.tags_named()
    row = save(facts, draft.lines.reach(), form_key=key, tags=tags, actor=request.user)

    messages.success(request, _("%(name)s is in the customer database.") % {"name": row})
    return redirect(row)


def change(
    request: Request, kind: type[CompanyForm] | type[PersonForm], row: Company | Person, save: Save
) -> HttpResponse:
    """What a row says; someone else's change meanwhile is told, and nothing typed is lost."""
    data, title, back = posted(request), str(row), row.get_absolute_url()
    draft = Draft(kind(data, row=row), ReachForms(data, row=row), title, back)
    if not draft.is_ready():
        return draft.show(request)

    facts, reach, tags = draft.form.facts(), draft.lines.reach(), draft.form.tags_named()
    save(row, facts, reach, tags=tags, seen_version=draft.form.seen_version(), actor=request.user)

    messages.success(request, _("Saved."))
    return redirect(back)


def status_of(form: forms.BaseForm) -> int:
    """200 for a form that is only shown; 422 when something is wrong, 409 when someone else was faster."""
    is_stale = isinstance(form, VersionedForm) and form.was_overtaken
    return TOO_LATE if is_stale else NOT_YET if form.is_bound else 200


def posted(request: Request) -> QueryDict | None:
    """What was sent, also when that is nothing; None for a form that is only shown."""
    return request.POST if request.method == "POST" else None
