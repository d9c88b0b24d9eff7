"""Watching long work, and stopping it."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core import jobs
from core.models import Job

if TYPE_CHECKING:
    from accounts.http import Request


def job_detail(request: "Request", pk: int) -> HttpResponse:
    """How far a job is, as a fragment; a page that waits for its end is told to load itself anew."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    return _shown(request, job)


@require_POST
def job_cancel(request: "Request", pk: int) -> HttpResponse:
    """Stop a job."""
    job = get_object_or_404(Job.objects.editable_by(request.user), pk=pk)
    job = jobs.cancel(job)
    if not request.htmx:
        return redirect(job.url or "home")
    return _shown(request, job)


def _shown(request: "Request", job: Job) -> HttpResponse:
    then = request.GET.get("then", "")
    response = render(request, "components/_job.html", {"job": job, "then": then})
    if not job.is_unfinished and then == "reload":
        response["HX-Refresh"] = "true"
    return response
