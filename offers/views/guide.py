"""The guide to negotiating: everybody reads it, managers keep it."""

from dataclasses import fields

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request, role_required
from accounts.models import Role
from accounts.rights import get_editable
from offers.actions import GuideFacts, archive_guide_entry, write_guide_entry
from offers.models import GuideEntry
from offers.negotiation_forms import GuideForm

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
    return _written(request, None)


@require_http_methods(["GET", "POST"])
def guide_edit(request: Request, pk: int) -> HttpResponse:
    """Another wording."""
    return _written(request, get_editable(GuideEntry.objects, request.user, pk))


@require_POST
def guide_archive(request: Request, pk: int) -> HttpResponse:
    """No more."""
    archive_guide_entry(get_editable(GuideEntry.objects, request.user, pk), actor=request.user)
    messages.success(request, _("The entry is archived."))
    return redirect("offers:guide_list")


def _written(request: Request, entry: GuideEntry | None) -> HttpResponse:
    form = GuideForm(request.POST if request.method == "POST" else None, instance=entry)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "offers/guide_form.html", {"form": form, "entry": entry}, status=status)

    facts = GuideFacts(**{field.name: form.cleaned_data[field.name] for field in fields(GuideFacts)})
    write_guide_entry(facts, actor=request.user, entry=entry)

    messages.success(request, _("Saved."))
    return redirect("offers:guide_list")
