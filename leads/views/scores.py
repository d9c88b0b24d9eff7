"""The rules of the score, and what past leads taught."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import Request, role_required
from accounts.models import Role
from accounts.rights import get_editable
from contacts.views.saving import posted
from leads.actions import add_score_rule, edit_score_rule
from leads.chance_page import read_chance_page
from leads.models import ScoreRule
from leads.score_forms import ScoreRuleForm
from leads.score_page import rules_by_part
from leads.score_rows import preview_rule

MOST_RULES = 200


@require_GET
def score_rules(request: Request) -> HttpResponse:
    """What leads are scored by."""
    rules = ScoreRule.objects.visible_to(request.user).select_related("source", "campaign", "product_group")
    context = {"parts": rules_by_part(rules[:MOST_RULES]), "may_edit": request.user.is_admin}
    return render(request, "leads/score_rules.html", context)


@role_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def score_rule_add(request: Request) -> HttpResponse:
    """Add a rule, or see what it would do."""
    return _edit(request, None)


@role_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def score_rule_edit(request: Request, pk: int) -> HttpResponse:
    """Change a rule, or see what the change would do."""
    return _edit(request, get_editable(ScoreRule.objects, request.user, pk))


@require_GET
def chances(request: Request) -> HttpResponse:
    """How good the learned chance is, and what it goes by."""
    return render(request, "leads/chances.html", {"page": read_chance_page()})


def _edit(request: Request, rule: ScoreRule | None) -> HttpResponse:
    form = ScoreRuleForm(posted(request), rule=rule)
    is_preview = "preview" in request.POST
    if not form.is_bound or not form.is_valid() or is_preview:
        return _show(request, form, rule, is_preview=is_preview)
    if rule is None:
        add_score_rule(form.save(commit=False), actor=request.user)
    elif form.is_stale():
        return _show(request, form, rule, is_preview=False)
    else:
        edit_score_rule(form.save(commit=False), seen_version=form.seen_version(), actor=request.user)
    messages.success(request, _("Saved. The open leads are being scored anew."))
    return redirect("leads:score_rules")


def _show(request: Request, form: ScoreRuleForm, rule: ScoreRule | None, *, is_preview: bool) -> HttpResponse:
    is_told = is_preview and form.is_valid()
    context = {
        "form": form,
        "rule": rule,
        "preview": preview_rule(form.save(commit=False)) if is_told else None,
    }
    template = "_score_preview.html" if is_preview and request.htmx else "score_rule_edit.html"
    status = 409 if form.was_overtaken else 422 if form.is_bound and not is_told else 200
    return render(request, f"leads/{template}", context, status=status)
