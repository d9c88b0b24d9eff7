"""What can be done about the data of one person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request, role_required
from accounts.models import Role
from privacy.access import person_for
from privacy.actions import erase_person, lift_restriction, restrict_person
from privacy.actions.erasure import rows_of
from privacy.forms import EraseForm, RestrictForm
from privacy.models import PersonReport, PrivacyRequest
from privacy.plan import plan_erasure
from privacy.trail import read_trail

NOT_YET = 422


@require_GET
def person_panel(request: Request, pk: int) -> HttpResponse:
    """Beside a person: open requests, and what this user may do."""
    person = person_for(request.user, pk)
    asked = PrivacyRequest.objects.visible_to(request.user).filter(person=person, answered_at=None)
    kept = person.kept_records.order_by("kept_until") if request.user.is_admin else []
    latest = PersonReport.objects.visible_to(request.user).filter(person=person).order_by("-pk").first()
    context = {"person": person, "requests": asked.order_by("due_on"), "kept": kept, "report": latest}
    return render(request, "privacy/_person_panel.html", context)


@require_GET
@role_required(Role.MANAGER)
def person_history(request: Request, pk: int) -> HttpResponse:
    """Who changed what of this person's data, and when."""
    person = person_for(request.user, pk)
    page = request.GET.get("page", "1")
    trail = read_trail(person, page=int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1)
    template = "privacy/_trail.html" if request.htmx else "privacy/trail.html"
    return render(request, template, {"person": person, "trail": trail})


@require_http_methods(["GET", "POST"])
@role_required()
def person_erase(request: Request, pk: int) -> HttpResponse:
    """First what would happen, row for row; then, confirmed, it happens."""
    person = person_for(request.user, pk)
    plan = plan_erasure(person)
    form = EraseForm(request.POST if request.method == "POST" else None, rows=rows_of(plan))
    if not form.is_valid() or person.erased_at:
        context = {"person": person, "plan": plan, "form": form}
        return render(request, "privacy/person_erase.html", context, status=NOT_YET if form.is_bound else 200)

    erase_person(person, actor=request.user, seen=form.cleaned_data["seen"])

    messages.success(request, _("Erased. What the law wants kept is listed on the page of the person."))
    return redirect("privacy:overview")


@require_http_methods(["GET", "POST"])
@role_required()
def person_restrict(request: Request, pk: int) -> HttpResponse:
    """Restrict what may be done with these data."""
    person = person_for(request.user, pk)
    form = RestrictForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "person": person,
            "form": form,
            "title": _("Restrict the data of %(name)s") % {"name": person},
        }
        return render(request, "privacy/person_form.html", context, status=NOT_YET if form.is_bound else 200)

    restrict_person(person, form.cleaned_data["reason"], actor=request.user)

    messages.success(request, _("Restricted: only the name and a notice are shown from now on."))
    return redirect(person)


@require_POST
@role_required()
def person_unrestrict(request: Request, pk: int) -> HttpResponse:
    """Lift the restriction."""
    person = lift_restriction(person_for(request.user, pk), actor=request.user)
    messages.success(request, _("The data may be worked with again."))
    return redirect(person)
