"""Who works where: adding a known or a new person to a company, correcting and ending an employment."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.rights import get_editable
from contacts.actions import add_employee, edit_employment, employ, end_employment, report_to
from contacts.employment_forms import EmploymentEditForm, EmploymentForm, EndForm, JoinForm
from contacts.forms import PersonForm
from contacts.models import Company, Employment, Person
from contacts.reach_forms import ReachForms
from contacts.views.saving import Draft, posted, status_of
from core.templatetags.dates import short_date


@require_http_methods(["GET", "POST"])
def employee_add(request: Request, pk: int) -> HttpResponse:
    """Enter a person who works for this company."""
    company = get_editable(Company.objects, request.user, pk)
    data, title = posted(request), _("New person at %(company)s") % {"company": company}
    form, lines, job = PersonForm(data), ReachForms(data), EmploymentForm(data)
    draft = Draft(form, lines, title, company.get_absolute_url(), employment=job)
    if not draft.is_ready():
        return draft.show(request)

    person = add_employee(
        company,
        form.facts(),
        lines.reach(),
        position=job.cleaned_data["position"],
        role=job.cleaned_data["role"],
        form_key=form.cleaned_data["form_key"],
        tags=form.tags_named(),
        actor=request.user,
    )

    messages.success(request, _("%(name)s is in the customer database.") % {"name": person})
    return redirect(company)


@require_http_methods(["GET", "POST"])
def employee_join(request: Request, pk: int) -> HttpResponse:
    """Note that a known person works for this company."""
    return _join(request, get_editable(Company.objects, request.user, pk))


@require_http_methods(["GET", "POST"])
def employer_join(request: Request, pk: int) -> HttpResponse:
    """Note that this person works for a known company."""
    return _join(request, get_editable(Person.objects, request.user, pk))


@require_http_methods(["GET", "POST"])
def employment_edit(request: Request, pk: int) -> HttpResponse:
    """Correct position and role, and who the superior is."""
    employment = get_editable(Employment.objects, request.user, pk)
    form = EmploymentEditForm(employment, posted(request))
    if not form.is_valid() or form.is_stale():
        return _show(request, form, employment.company, _("Position and role"), _about(employment))

    given = form.cleaned_data
    edit_employment(
        employment,
        position=given["position"],
        role=given["role"],
        seen_version=form.seen_version(),
        actor=request.user,
    )
    report_to(employment, given["reports_to"], actor=request.user)

    messages.success(request, _("Saved."))
    return redirect(employment.company)


@require_http_methods(["GET", "POST"])
def employment_end(request: Request, pk: int) -> HttpResponse:
    """Note the last day of an employment."""
    employment = get_editable(Employment.objects, request.user, pk)
    form = EndForm(employment, posted(request))
    if not form.is_valid():
        title = _("%(person)s leaves %(company)s")
        names = {"person": employment.person, "company": employment.company}
        return _show(request, form, employment.company, title % names)

    end_employment(employment, form.cleaned_data["on"], actor=request.user)

    messages.success(request, _("Saved."))
    return redirect(employment.company)


def _join(request: Request, row: Company | Person) -> HttpResponse:
    form = JoinForm(row, posted(request))
    if not form.is_valid():
        return _show(request, form, row, _("Who works where"), str(row))

    employment = employ(**form.cleaned_data, actor=request.user)

    names = {"person": employment.person, "company": employment.company}
    messages.success(request, _("%(person)s works for %(company)s.") % names)
    return redirect(row)


def _about(employment: Employment) -> str:
    """Who works where, and until when: someone may have ended it while the form was open."""
    if employment.until is None:
        return str(employment)
    return f"{employment} · " + _("until %(day)s") % {"day": short_date(employment.until)}


def _show(
    request: Request, form: EmploymentForm | EndForm, row: Company | Person, title: str, subject: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "subject": subject, "back": row.get_absolute_url()}
    return render(request, "contacts/employment_form.html", context, status=status_of(form))
