"""Pasting a signature, an imprint or a social profile, and taking over from it field by field."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.rights import get_editable
from contacts.actions import take_over
from contacts.models import Company, Person
from contacts.proposals import Proposal, proposals
from contacts.recognise_forms import PasteForm
from contacts.views.saving import posted, status_of


@require_http_methods(["GET", "POST"])
def recognise(request: Request, pk: int, kind: type[Company] | type[Person]) -> HttpResponse:
    """Paste a text, see what it proposes beside what stands now, take over one or all that are ticked."""
    row = get_editable(kind.objects, request.user, pk)
    form = PasteForm(row, posted(request))
    if not form.is_valid() or form.is_stale():
        return _show(request, row, form, [], status_of(form))

    proposed = proposals(row, form.cleaned_data["text"])
    chosen = _chosen(request, proposed)
    if not chosen:
        return _show(request, row, form, proposed, 200)

    take_over(
        row,
        chosen,
        source=form.cleaned_data["source"],
        seen_version=form.seen_version(),
        actor=request.user,
    )

    said = ngettext("%(count)s field taken over.", "%(count)s fields taken over.", len(chosen))
    messages.success(request, said % {"count": len(chosen)})
    if len(chosen) == len(proposed) or "chosen" in request.POST.getlist("take"):
        return redirect(row)
    row.refresh_from_db()
    again = PasteForm(row, request.POST, version=row.version)
    return _show(request, row, again, proposals(row, form.cleaned_data["text"]), 200)


def _chosen(request: Request, proposed: list[Proposal]) -> list[Proposal]:
    """The one whose button was clicked, or all that are ticked when it was the button for them."""
    take = request.POST.get("take", "")
    keys = set(request.POST.getlist("chosen")) if take == "chosen" else {take}
    return [one for one in proposed if one.key in keys]


def _show(
    request: Request, row: Company | Person, form: PasteForm, proposed: list[Proposal], status: int
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "new": [one for one in proposed if not one.is_same],
        "same": [one for one in proposed if one.is_same],
        "is_answered": form.is_bound and not form.errors,
        "title": _("Take over from text: %(name)s") % {"name": row},
        "back": row.get_absolute_url(),
    }
    return render(request, "contacts/recognise.html", context, status=status)
