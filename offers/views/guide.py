"""The guide to negotiating: everybody reads it, managers keep it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request, role_required
from accounts.models import Role
from accounts.rights import get_editable
from core.versions import TOO_LATE
from offers.actions import add_guide_entry, archive_guide_entry, edit_guide_entry
from offers.models import GuideEntry
from offers.negotiation_forms import EditGuideForm, GuideForm

MOST_ENTRIES = 300


@require_GET
def guide_list(request: Request) -> HttpResponse:
    """All of it."""
    entries = GuideEntry.objects.visible_to(request.user).filter(is_archived=False).select_related("group")
    may_edit = request.user.is_manager or request.user.is_admin
    context = {"entries": entries[:MOST_ENTRIES], "may_edit": may_edit}
    return render(request, "offers/guide_list.html", context)


@role_required(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def guide_add(request: Request) -> HttpResponse:
    """A new entry."""
    form = GuideForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _shown(request, form, None)

    add_guide_entry(form.facts, actor=request.user)

    return _saved(request)


@require_http_methods(["GET", "POST"])
def guide_edit(request: Request, pk: int) -> HttpResponse:
    """Another wording."""
    entry = get_editable(GuideEntry.objects, request.user, pk)
    form = EditGuideForm(request.POST if request.method == "POST" else None, instance=entry)
    if not form.is_valid() or form.is_stale():
        return _shown(request, form, entry)

    edit_guide_entry(entry, form.facts, seen_version=form.seen_version(), actor=request.user)

    return _saved(request)


@require_POST
def guide_archive(request: Request, pk: int) -> HttpResponse:
    """No more."""
    archive_guide_entry(get_editable(GuideEntry.objects, request.user, pk), actor=request.user)
    messages.success(request, _("The entry is archived."))
    return redirect("offers:guide_list")


def _shown(request: Request, form: GuideForm, entry: GuideEntry | None) -> HttpResponse:
    is_stale = getattr(form, "was_overtaken", False)
    status = TOO_LATE if is_stale else 422 if form.is_bound else 200
    return render(request, "offers/guide_form.html", {"form": form, "entry": entry}, status=status)


def _saved(request: Request) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("offers:guide_list")
