"""Building web forms, looking at them, and what a web site takes over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import Request, role_required
from accounts.models import Role
from accounts.rights import get_editable, get_visible
from contacts.views.saving import posted
from intake.actions import add_form, edit_form
from intake.builder import Builder
from intake.models import LeadForm
from intake.origins import POLICY
from intake.public_form import PublicForm
from intake.snippets import snippets

MOST_FORMS = 200


@require_GET
def form_list(request: Request) -> HttpResponse:
    """All web forms, those that take submissions first."""
    forms = LeadForm.objects.visible_to(request.user).select_related("source", "team", "owner")
    context = {"forms": forms.order_by("-is_active", "name")[:MOST_FORMS], "can_edit": _keeps(request)}
    return render(request, "intake/form_list.html", context)


@require_GET
def form_detail(request: Request, pk: int) -> HttpResponse:
    """One form: how it looks, and what to take over for a web site."""
    form = get_visible(LeadForm.objects, request.user, pk)
    context = {"form_row": form, "snippets": snippets(request, form), "can_edit": _keeps(request)}
    return render(request, "intake/form_detail.html", context)


@require_GET
def form_preview(request: Request, pk: int) -> HttpResponse:
    """The form as visitors see it, in a frame of ours; it cannot be sent."""
    form = get_visible(LeadForm.objects, request.user, pk)
    context = {"form": PublicForm(form), "form_row": form, "is_embedded": True, "is_preview": True}
    response = render(request, "intake/form_page.html", context)
    response["Content-Security-Policy"] = f"{POLICY}; form-action 'none'; frame-ancestors 'self'"
    response.xframe_options_exempt = True
    return response


@role_required(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def form_add(request: Request) -> HttpResponse:
    """Build a form."""
    builder = Builder(request.user, posted(request))
    if not builder.form.is_bound or not builder.is_valid():
        return _show(request, builder, _("New web form"))
    form = add_form(builder.facts(), actor=request.user)
    return _saved(request, form)


@role_required(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def form_edit(request: Request, pk: int) -> HttpResponse:
    """Change a form."""
    row = get_editable(LeadForm.objects, request.user, pk)
    builder = Builder(request.user, posted(request), row=row)
    if not builder.form.is_bound or not builder.is_valid() or builder.form.is_stale():
        return _show(request, builder, str(row), row)
    facts = builder.facts()
    form = edit_form(row, facts, seen_version=builder.form.seen_version(), actor=request.user)
    return _saved(request, form)


def _keeps(request: Request) -> bool:
    return request.user.is_manager or request.user.is_admin


def _show(request: Request, builder: Builder, title: str, row: LeadForm | None = None) -> HttpResponse:
    status = 409 if builder.form.was_overtaken else 422 if builder.form.is_bound else 200
    context = {"builder": builder, "form": builder.form, "title": title, "row": row}
    return render(request, "intake/form_edit.html", context, status=status)


def _saved(request: Request, form: LeadForm) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("intake:form_detail", form.pk)
