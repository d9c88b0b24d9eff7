"""Two rows laid side by side, made one, and made two again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable
from contacts.merge_forms import MergeForm, MergeWithForm
from contacts.merging import Undone, merge, undo_merge
from contacts.merging.fields import choices_of
from contacts.merging.side_by_side import side_by_side
from contacts.models import Company, MergeRecord, Person
from contacts.views.saving import posted, status_of
from core.addresses import read_keys

Kind = type[Company] | type[Person]


@require_GET
def merge_chosen(request: Request, kind: Kind) -> HttpResponse:
    """The two rows picked in a list, laid side by side."""
    picked = sorted(read_keys(request.GET.getlist("pick")[:3]))
    if len(picked) != 2:
        messages.error(request, _("Please choose exactly two entries to merge."))
        return redirect(_list_url(kind))
    return redirect(_pair_url(kind, *picked))


@require_http_methods(["GET", "POST"])
def merge_with(request: Request, pk: int, kind: Kind) -> HttpResponse:
    """Choose the row that is to be one with this one."""
    row = _standing(request, kind, pk)
    form = MergeWithForm(row, posted(request))
    if form.is_valid():
        return redirect(_pair_url(kind, row.pk, form.cleaned_data["other"].pk))
    context = {
        "form": form,
        "title": _("Merge with another entry"),
        "subject": str(row),
        "back": row.get_absolute_url(),
    }
    return render(request, "contacts/employment_form.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def merge_pair(request: Request, pk: int, other: int, kind: Kind) -> HttpResponse:
    """Field by field: what the row that stays shall say."""
    if pk == other:
        raise Http404
    survivor = _standing(request, kind, pk)
    merged = _standing(request, kind, other)
    form = MergeForm(choices_of(survivor, merged), (survivor.version, merged.version), posted(request))
    if not form.is_valid() or form.is_stale():
        context = {
            "form": form,
            "side": side_by_side(survivor, merged, form.chosen()),
            "swap_url": _pair_url(kind, other, pk),
            "back": reverse("contacts:duplicate_list"),
        }
        return render(request, "contacts/merge.html", context, status=form.status())

    record = merge(survivor, merged, form.chosen(), seen_versions=form.seen(), actor=request.user)

    text = _("%(merged)s is now part of %(survivor)s.") % {"merged": merged, "survivor": survivor}
    messages.success(request, text, extra_tags=reverse("contacts:merge_undo", args=[record.pk]))
    return redirect(survivor)


@require_POST
def merge_undo(request: Request, pk: int) -> HttpResponse:
    """Make two of one again, and tell what could not go back."""
    record = get_editable(MergeRecord.objects, request.user, pk)

    undone = undo_merge(record, actor=request.user)

    messages.success(request, _("%(name)s stands for itself again.") % {"name": undone.restored})
    for text in _told(undone):
        messages.warning(request, text)
    return redirect(undone.restored)


def _standing(request: Request, kind: Kind, pk: int) -> Company | Person:
    """A row that stands for itself; one that was merged is not there any more."""
    row: Company | Person = get_editable(kind.objects, request.user, pk)
    if row.merged_into_id:
        raise Http404
    return row


def _told(undone: Undone) -> list[str]:
    told = []
    if undone.edited_fields:
        names = ", ".join(undone.edited_labels())
        told.append(
            _("Changed since the merge and therefore left as they are: %(fields)s.") % {"fields": names}
        )
    if undone.elsewhere:
        text = ngettext(
            "%(count)s attached row was moved or deleted since and stayed where it is.",
            "%(count)s attached rows were moved or deleted since and stayed where they are.",
            undone.elsewhere,
        )
        told.append(text % {"count": undone.elsewhere})
    return told


def _pair_url(kind: Kind, survivor: int, merged: int) -> str:
    return reverse(f"contacts:{kind._meta.model_name}_merge", args=[survivor, merged])


def _list_url(kind: Kind) -> str:
    return reverse(f"contacts:{kind._meta.model_name}_list")
