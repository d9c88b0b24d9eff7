"""The report on one person: asked for, watched while it is made, downloaded."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request, role_required
from accounts.rights import get_visible
from lists.actions import note_export
from lists.models import Taken
from privacy.access import person_for
from privacy.actions import ask_for_report
from privacy.actions.reports import KEPT
from privacy.bundle import file_name
from privacy.models import PersonReport


@require_POST
@role_required()
def person_report(request: Request, pk: int) -> HttpResponse:
    """Have everything stored about this person put together; that it was asked for is recorded."""
    return redirect(ask_for_report(person_for(request.user, pk), actor=request.user))


@require_GET
@role_required()
def report_detail(request: Request, pk: int) -> HttpResponse:
    """How far a report is, and where it is downloaded."""
    report = get_visible(PersonReport.objects.select_related("person", "job", "by"), request.user, pk)
    return render(request, "privacy/report_detail.html", {"report": report, "days": KEPT.days})


@require_GET
@role_required()
def report_file(request: Request, pk: int) -> FileResponse:
    """The report as a ZIP; that it was taken is in the log of exports."""
    report = get_visible(PersonReport.objects.select_related("person"), request.user, pk)
    try:
        content = report.file.open("rb")
    except (FileNotFoundError, ValueError) as missing:
        raise Http404 from missing
    note_export(request.user, Taken.DOSSIER, rows=report.entries, file_format="zip", asked="")
    name = f"{file_name(report.person)}.zip"
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
