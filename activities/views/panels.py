"""Heute, the panel beside a deal, a company or a person, and older entries of its timeline."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request
from activities.panel import read_panel
from activities.subjects import COMPANY, DEAL, LEAD, PERSON, get_subject
from activities.timeline import read_timeline
from activities.today import read_today


@require_GET
def today(request: Request) -> HttpResponse:
    """Everything due in one list."""
    template = "activities/_today.html" if request.htmx else "activities/today.html"
    return render(
        request, template, {"today": read_today(request.user, cursor=request.GET.get("cursor", ""))}
    )


@require_GET
def deal_panel(request: Request, pk: int) -> HttpResponse:
    """Quick actions, open follow-ups and timeline of a deal."""
    return _panel(request, DEAL, pk)


@require_GET
def company_panel(request: Request, pk: int) -> HttpResponse:
    """Quick actions, open follow-ups and timeline of a company."""
    return _panel(request, COMPANY, pk)


@require_GET
def person_panel(request: Request, pk: int) -> HttpResponse:
    """Quick actions, open follow-ups and timeline of a person."""
    return _panel(request, PERSON, pk)


@require_GET
def lead_panel(request: Request, pk: int) -> HttpResponse:
    """Quick actions, open follow-ups and timeline of a lead."""
    return _panel(request, LEAD, pk)


@require_GET
def timeline(request: Request, kind: str, pk: int) -> HttpResponse:
    """Older entries, to be put below those already there."""
    subject = get_subject(request.user, kind, pk)
    page = read_timeline(
        subject, request.user, kind=request.GET.get("kind", ""), cursor=request.GET.get("cursor", "")
    )
    return render(request, "activities/_entries.html", {"subject": subject, "timeline": page})


def _panel(request: Request, kind: str, pk: int) -> HttpResponse:
    subject = get_subject(request.user, kind, pk)
    panel = read_panel(subject, request.user, kind=request.GET.get("kind", ""))
    is_body = request.GET.get("part") == "body"
    template = "activities/_panel_body.html" if is_body else "activities/_panel.html"
    return render(request, template, {"panel": panel, "subject": subject})
