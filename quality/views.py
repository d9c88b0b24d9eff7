"""Pages of data quality and use."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import Request
from core.snapshot import snapshot
from quality.page import QualityPage
from quality.queue import Queue
from reporting.scopes import visible_scopes


@require_safe
def quality(request: Request) -> HttpResponse:
    """How good the data is and whether the CRM is used: one's own figures, then the teams'."""
    with snapshot():
        page = QualityPage(request.user, visible_scopes(request.user))
        return render(request, "quality/quality.html", {"page": page})


@require_safe
def queue(request: Request) -> HttpResponse:
    """One's next record to be mended."""
    with snapshot():
        return render(request, "quality/queue.html", {"queue": Queue(request.user, request.GET)})
