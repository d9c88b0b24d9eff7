"""Appointments: agreed, and what became of them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request
from activities.actions import (
    after_the_appointment,
    agree_appointment,
    attach_files,
    cancel_appointment,
    mark_no_show,
    reopen_appointment,
)
from activities.clashes import Clash, read_clashes, said_with_clashes
from activities.forms import AppointmentForm, HeldForm, OnlineMeetingForm, WhenForm
from activities.models import MEETINGS, Activity
from activities.subjects import get_subject
from activities.views.answers import posted, show_form, subject_of, written
from activities.views.files_sent import sent_files


@require_http_methods(["GET", "POST"])
def appointment_agree(request: Request, kind: str, pk: int) -> HttpResponse:
    """Note an on-site appointment."""
    return _agree(request, kind, pk, AppointmentForm, _("On-site appointment"))


@require_http_methods(["GET", "POST"])
def meeting_agree(request: Request, kind: str, pk: int) -> HttpResponse:
    """Note an online meeting."""
    return _agree(request, kind, pk, OnlineMeetingForm, _("Online meeting"))


def _agree(
    request: Request, kind: str, pk: int, form_class: type[AppointmentForm], title: str
) -> HttpResponse:
    subject = get_subject(request.user, kind, pk)
    form = form_class(subject, request.user, posted(request))
    if not form.is_valid():
        return show_form(request, form, "activities/_appointment_fields.html", subject=subject, title=title)

    files = sent_files(request)
    appointment = agree_appointment(
        subject.about(deal=form.cleaned_data.get("deal"), person=form.cleaned_data.get("person")),
        form.meeting(),
        form_key=form.cleaned_data["form_key"],
        actor=request.user,
    )

    attach_files(appointment, files, actor=request.user)
    text = said_with_clashes(_("Appointment noted."), appointment, request.user)
    return written(request, appointment, text)


@require_GET
def appointment_clashes(request: Request, kind: str, pk: int) -> HttpResponse:
    """What else is agreed at the time that is being typed; nothing while it is no time yet."""
    subject = get_subject(request.user, kind, pk)
    form = WhenForm(subject, request.user, _when(request.GET))
    clashes: list[Clash] = []
    if form.is_valid():
        moving = form.cleaned_data["moving"]
        clashes = read_clashes(form.goers(), form.begins(), form.ends(), request.user, moving=moving)
    return render(request, "activities/_clashes.html", {"clashes": clashes})


@require_http_methods(["GET", "POST"])
def appointment_hold(request: Request, pk: int) -> HttpResponse:
    """After the appointment: what came of it and the next step."""
    appointment = _closable(request, pk)
    form = HeldForm(appointment, posted(request))
    if not form.is_valid() or form.is_stale():
        subject, title = subject_of(request, appointment), _("After the appointment")
        return show_form(request, form, "activities/_held_fields.html", subject=subject, title=title)

    files = sent_files(request)
    held = after_the_appointment(
        appointment,
        text=form.cleaned_data["text"],
        seen_version=form.seen_version(),
        next_step=form.next_step(),
        actor=request.user,
    )

    attach_files(held, files, actor=request.user)
    return written(request, held, _("Appointment held."), undo_url=_reopen_url(held))


@require_POST
def appointment_miss(request: Request, pk: int) -> HttpResponse:
    """The customer was not there."""
    missed = mark_no_show(_closable(request, pk), actor=request.user)
    return written(request, missed, _("Noted: nobody there."), undo_url=_reopen_url(missed))


@require_POST
def appointment_cancel(request: Request, pk: int) -> HttpResponse:
    """The appointment will not take place."""
    cancelled = cancel_appointment(_closable(request, pk), actor=request.user)
    return written(request, cancelled, _("Appointment cancelled."), undo_url=_reopen_url(cancelled))


@require_POST
def appointment_reopen(request: Request, pk: int) -> HttpResponse:
    """Take back what was told of an appointment."""
    appointment = reopen_appointment(_closable(request, pk), actor=request.user)
    return written(request, appointment, _("The appointment stands again."))


def _when(given: QueryDict) -> QueryDict:
    """What was typed; the form of a call names day and time of the appointment it brought otherwise."""
    typed = given.copy()
    for name in ("on", "time"):
        if said := given.get(f"appointment_{name}"):
            typed[name] = said
    return typed


def _closable(request: Request, pk: int) -> Activity:
    """The appointment; 404 when invisible or no appointment, 403 when the user may not tell its end."""
    appointments = Activity.objects.visible_to(request.user).filter(kind__in=MEETINGS)
    appointment = get_object_or_404(appointments, pk=pk)
    if not Activity.objects.visible_to(request.user).closable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return appointment


def _reopen_url(appointment: Activity) -> str:
    return reverse("activities:appointment_reopen", args=[appointment.pk])
