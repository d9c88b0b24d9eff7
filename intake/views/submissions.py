"""What came in, as it came in, and having it processed once more."""

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from core.pagination import keyset_page
from intake.actions import process_again
from intake.models import Submission

ORDER = ("-at", "-id")


class SubmissionFilter(forms.Form):
    """What of the submissions is shown."""

    state = forms.ChoiceField(choices=Submission.State.choices, required=False)


@require_GET
def submission_list(request: Request) -> HttpResponse:
    """Submissions, the latest first."""
    asked = SubmissionFilter(request.GET)
    state = asked.cleaned_data["state"] if asked.is_valid() else ""
    rows = Submission.objects.visible_to(request.user).select_related("form", "key", "lead")
    if state:
        rows = rows.filter(state=state)
    context = {
        "page": keyset_page(rows, ORDER, request.GET.get("cursor", "")),
        "state": state,
        "states": [("", _("all")), *Submission.State.choices],
    }
    return render(request, "intake/submission_list.html", context)


@require_GET
def submission_detail(request: Request, pk: int) -> HttpResponse:
    """One submission as it was sent, and what became of it."""
    submission = get_visible(Submission.objects.select_related("form", "key", "lead"), request.user, pk)
    context = {
        "submission": submission,
        "can_process": (request.user.is_manager or request.user.is_admin)
        and submission.state != Submission.State.PROCESSED,
    }
    return render(request, "intake/submission_detail.html", context)


@require_POST
def submission_process(request: Request, pk: int) -> HttpResponse:
    """Have it processed once more."""
    process_again(get_editable(Submission.objects, request.user, pk), actor=request.user)
    messages.success(request, _("It is being processed."))
    return redirect("intake:submission_detail", pk)


@require_GET
def submission_file(request: Request, pk: int, file: int) -> FileResponse:
    """A file that came with it, to keep; never shown in the browser."""
    submission = get_visible(Submission.objects, request.user, pk)
    row = submission.files.filter(pk=file).first()
    if row is None:
        raise Http404
    answer = FileResponse(row.file.open(), as_attachment=True, filename=row.name)
    answer["Content-Type"] = "application/octet-stream"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
