"""The texts of the house, and one's own signature."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request, role_required
from accounts.models import Role
from accounts.rights import get_editable
from activities.views.answers import posted
from mailbox.actions import add_template, archive_template, edit_template, keep_signature
from mailbox.forms import SignatureForm, TemplateForm
from mailbox.models import MailTemplate

MOST_TEMPLATES = 200


@require_GET
def template_list(request: Request) -> HttpResponse:
    """All templates, for those who write by them and those who keep them."""
    templates = MailTemplate.objects.visible_to(request.user).offered()[:MOST_TEMPLATES]
    can_edit = request.user.is_manager or request.user.is_admin
    return render(request, "mailbox/template_list.html", {"templates": templates, "can_edit": can_edit})


@role_required(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def template_add(request: Request) -> HttpResponse:
    """Enter a template."""
    form = TemplateForm(posted(request))
    if not form.is_valid():
        return _show(request, form, _("New template"))
    add_template(form.facts(), actor=request.user)
    return _saved(request, "mailbox:template_list")


@role_required(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def template_edit(request: Request, pk: int) -> HttpResponse:
    """Change a template."""
    template = get_editable(MailTemplate.objects, request.user, pk)
    form = TemplateForm(posted(request), row=template)
    if not form.is_valid() or form.is_stale():
        return _show(request, form, str(template))
    edit_template(template, form.facts(), seen_version=form.seen_version(), actor=request.user)
    return _saved(request, "mailbox:template_list")


@role_required(Role.MANAGER)
@require_POST
def template_archive(request: Request, pk: int) -> HttpResponse:
    """Offer a template no longer."""
    archive_template(get_editable(MailTemplate.objects, request.user, pk), actor=request.user)
    return _saved(request, "mailbox:template_list")


@require_http_methods(["GET", "POST"])
def signature(request: Request) -> HttpResponse:
    """What stands below one's mails."""
    form = SignatureForm(request.user, posted(request))
    if not form.is_valid():
        return _show(request, form, _("Signature"))
    keep_signature(request.user, form.cleaned_data["text"])
    return _saved(request, "mailbox:signature")


def _show(request: Request, form: TemplateForm | SignatureForm, title: str) -> HttpResponse:
    was_overtaken = getattr(form, "was_overtaken", False)
    status = 409 if was_overtaken else 422 if form.is_bound else 200
    return render(request, "mailbox/form.html", {"form": form, "title": title}, status=status)


def _saved(request: Request, leads_to: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(leads_to)
