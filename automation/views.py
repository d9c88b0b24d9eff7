"""Rules: what runs by itself, what it would do, what it did; and what of it concerns one deal or company."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request, role_required
from accounts.models import Role
from accounts.rights import get_editable, get_visible
from automation import ready_made
from automation.actions import add_rule, edit_rule, see_notice, stop_hit, switch_rule
from automation.forms import RuleEditor
from automation.models import Notice, Rule, RuleHit
from automation.panel import read_panel
from automation.preview import read_preview
from contacts.models import Company
from contacts.views.saving import posted
from core.pagination import keyset_page
from pipeline.models import Deal

MOST_RULES = 200
MOST_NOTICES = 20
LOG_ORDER = ("-id",)
LOG_SIZE = 25


@require_GET
def rule_list(request: Request) -> HttpResponse:
    """All rules, those switched on first, and the ready-made ones that are not taken yet."""
    rules = Rule.objects.visible_to(request.user).prefetch_related("deeds")[:MOST_RULES]
    context = {"rules": rules, "ready_made": ready_made.not_taken()}
    return render(request, "automation/rule_list.html", context)


@require_GET
def rule_detail(request: Request, pk: int) -> HttpResponse:
    """One rule: when, only if, then; what it would do now, and what it did."""
    rule = get_visible(Rule.objects.select_related("loss_reason"), request.user, pk)
    hits = RuleHit.objects.visible_to(request.user).filter(rule=rule)
    hits = hits.select_related("deal__company", "deal__person", "company", "ended_by")
    context = {
        "rule": rule,
        "preview": read_preview(rule, request.user),
        "conditions": RuleEditor(request.user, row=rule).spoken(),
        "page": keyset_page(hits, LOG_ORDER, request.GET.get("cursor", ""), size=LOG_SIZE),
    }
    return render(request, "automation/rule_detail.html", context)


@role_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def rule_add(request: Request) -> HttpResponse:
    """Make a rule; it is switched on afterwards, when its preview has been seen."""
    editor = RuleEditor(request.user, posted(request))
    if not editor.form.is_bound or not editor.is_valid():
        return _show(request, editor, _("New rule"))
    rule = add_rule(editor.facts(), actor=request.user)
    messages.success(request, _("Saved. Look at what it would do, then switch it on."))
    return redirect(rule)


@role_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def rule_edit(request: Request, pk: int) -> HttpResponse:
    """Change a rule."""
    rule = get_editable(Rule.objects, request.user, pk)
    editor = RuleEditor(request.user, posted(request), row=rule)
    if not editor.form.is_bound or not editor.is_valid() or editor.form.is_stale():
        return _show(request, editor, str(rule), rule)
    edit_rule(rule, editor.facts(), seen_version=editor.form.seen_version(), actor=request.user)
    messages.success(request, _("Saved."))
    return redirect(rule)


@require_POST
def rule_switch(request: Request, pk: int) -> HttpResponse:
    """Switch a rule on or off."""
    rule = get_editable(Rule.objects, request.user, pk)
    rule = switch_rule(rule, on=request.POST.get("on") == "1", actor=request.user)
    text = _("The rule is switched on.") if rule.is_active else _("The rule is switched off.")
    messages.success(request, text)
    return redirect(rule)


@role_required(Role.ADMIN)
@require_POST
def ready_made_take(request: Request, code: str) -> HttpResponse:
    """Take a ready-made rule: it runs from now on."""
    chosen = next((one for one in ready_made.READY_MADE if one.code == code), None)
    if chosen is None:
        raise Http404
    rule = ready_made.take(chosen, actor=request.user)
    messages.success(request, _("The rule is switched on."))
    return redirect(rule)


@require_POST
def hit_stop(request: Request, pk: int) -> HttpResponse:
    """Stop what a rule planned; the answer is the panel it stood in."""
    hit = stop_hit(get_editable(RuleHit.objects, request.user, pk), actor=request.user)
    row = hit.deal or hit.company
    assert row is not None  # noqa: S101 - constraint
    if not request.htmx:
        return redirect(_page_of(row))
    return _panel(request, row)


@require_GET
def deal_panel(request: Request, pk: int) -> HttpResponse:
    """What runs by itself for a deal."""
    return _panel(request, get_visible(Deal.objects, request.user, pk))


@require_GET
def company_panel(request: Request, pk: int) -> HttpResponse:
    """What runs by itself for a company."""
    return _panel(request, get_visible(Company.objects, request.user, pk))


@require_GET
def notices(request: Request) -> HttpResponse:
    """What rules tell the reader, the newest first."""
    return _notices(request)


@require_POST
def notice_seen(request: Request, pk: int) -> HttpResponse:
    """Seen: it leaves "Today"."""
    see_notice(get_editable(Notice.objects, request.user, pk), actor=request.user)
    return _notices(request) if request.htmx else redirect("activities:today")


def _page_of(row: Deal | Company) -> str:
    name = "pipeline:deal_detail" if isinstance(row, Deal) else "contacts:company_detail"
    return reverse(name, args=[row.pk])


def _notices(request: Request) -> HttpResponse:
    rows = Notice.objects.visible_to(request.user).unseen()
    rows = rows.select_related("hit__rule", "hit__deal__company", "hit__deal__person", "hit__company")
    return render(request, "automation/_notices.html", {"notices": rows[:MOST_NOTICES]})


def _panel(request: Request, row: Deal | Company) -> HttpResponse:
    may_stop = request.user.is_admin or request.user.is_manager
    if isinstance(row, Deal):
        may_stop = Deal.objects.editable_by(request.user).filter(pk=row.pk).exists()
    context = {"panel": read_panel(row, request.user), "row": row, "may_stop": may_stop}
    return render(request, "automation/_panel.html", context)


def _show(request: Request, editor: RuleEditor, title: str, rule: Rule | None = None) -> HttpResponse:
    status = 409 if editor.form.was_overtaken else 422 if editor.form.is_bound else 200
    context = {"editor": editor, "form": editor.form, "title": title, "rule": rule}
    return render(request, "automation/rule_edit.html", context, status=status)
