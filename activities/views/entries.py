"""Writing calls, appointments and notes; what became of appointments; correcting and removing."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable
from activities.actions import (
    after_the_appointment,
    after_the_call,
    agree_appointment,
    cancel_appointment,
    edit_activity,
    mark_no_show,
    remove_activity,
    reopen_appointment,
    restore_activity,
    write_note,
)
from activities.forms import ActivityForm, AppointmentForm, CallForm, HeldForm, NoteForm
from activities.models import Activity, FollowUp
from activities.subjects import get_subject
from activities.views.answers import posted, show_form, subject_of, written


@require_http_methods(["GET", "POST"])
def call_log(request: Request, kind: str, pk: int) -> HttpResponse:
    """After the call: its result, the notes and the next step in one form."""
    subject = get_subject(request.user, kind, pk)
    initial: dict[str, object] = {"follow_up": request.GET.get("follow_up")}
    form = CallForm(subject, request.user, posted(request), initial=initial)
    if not form.is_valid():
        return show_form(request, form, "activities/_call_fields.html", subject=subject, title=_("Call"))
    finishes = None
    if form.cleaned_data["follow_up"]:
        finishes = get_editable(FollowUp.objects, request.user, form.cleaned_data["follow_up"])

    call = after_the_call(
        subject.about(deal=form.cleaned_data.get("deal"), person=form.cleaned_data.get("person")),
        form.facts(),
        meeting=form.meeting(),
        next_step=form.next_step(),
        finishes=finishes,
        form_key=form.cleaned_data["form_key"],
        actor=request.user,
    )

    return written(request, call, _("Call logged: %(result)s.") % {"result": call.get_result_display()})


@require_http_methods(["GET", "POST"])
def appointment_agree(request: Request, kind: str, pk: int) -> HttpResponse:
    """Note an on-site appointment."""
    subject = get_subject(request.user, kind, pk)
    form = AppointmentForm(subject, request.user, posted(request))
    if not form.is_valid():
        title = _("On-site appointment")
        return show_form(request, form, "activities/_appointment_fields.html", subject=subject, title=title)

    appointment = agree_appointment(
        subject.about(deal=form.cleaned_data.get("deal"), person=form.cleaned_data.get("person")),
        form.meeting(),
        form_key=form.cleaned_data["form_key"],
        actor=request.user,
    )

    return written(request, appointment, _("Appointment noted."))


@require_http_methods(["GET", "POST"])
def note_write(request: Request, kind: str, pk: int) -> HttpResponse:
    """Write a note."""
    subject = get_subject(request.user, kind, pk)
    form = NoteForm(subject, request.user, posted(request))
    if not form.is_valid():
        return show_form(request, form, "activities/_note_fields.html", subject=subject, title=_("Note"))

    note = write_note(
        subject.about(deal=form.cleaned_data.get("deal"), person=form.cleaned_data.get("person")),
        form.cleaned_data["text"],
        form_key=form.cleaned_data["form_key"],
        actor=request.user,
    )

    return written(request, note, _("Note saved."))


@require_http_methods(["GET", "POST"])
def appointment_hold(request: Request, pk: int) -> HttpResponse:
    """After the appointment: what came of it and the next step."""
    appointment = _closable(request, pk)
    form = HeldForm(appointment, posted(request))
    if not form.is_valid() or form.is_stale():
        subject, title = subject_of(request, appointment), _("After the appointment")
        return show_form(request, form, "activities/_held_fields.html", subject=subject, title=title)

    held = after_the_appointment(
        appointment,
        text=form.cleaned_data["text"],
        seen_version=form.seen_version(),
        next_step=form.next_step(),
        actor=request.user,
    )

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


@require_http_methods(["GET", "POST"])
def activity_edit(request: Request, pk: int) -> HttpResponse:
    """Correct a call, an appointment or a note."""
    activity = get_editable(Activity.objects, request.user, pk)
    subject = subject_of(request, activity)
    form = ActivityForm(activity, subject, posted(request))
    if not form.is_valid() or form.is_stale():
        title = activity.get_kind_display()
        template = "activities/_activity_fields.html"
        return show_form(request, form, template, subject=subject, title=title, activity=activity)

    edited = edit_activity(activity, form.correction(), seen_version=form.seen_version(), actor=request.user)

    return written(request, edited, _("Saved."))


@require_POST
def activity_remove(request: Request, pk: int) -> HttpResponse:
    """Take an activity off the timeline."""
    removed = remove_activity(get_editable(Activity.objects, request.user, pk), actor=request.user)
    undo_url = reverse("activities:activity_restore", args=[removed.pk])
    return written(request, removed, _("Entry removed."), undo_url=undo_url)


@require_POST
def activity_restore(request: Request, pk: int) -> HttpResponse:
    """Bring a removed activity back."""
    removed = get_object_or_404(Activity.objects.editable_by(request.user, removed=True), pk=pk)
    return written(request, restore_activity(removed, actor=request.user), _("The entry is back."))


def _closable(request: Request, pk: int) -> Activity:
    """The appointment; 404 when invisible or no appointment, 403 when the user may not tell its end."""
    appointments = Activity.objects.visible_to(request.user).filter(kind=Activity.Kind.APPOINTMENT)
    appointment = get_object_or_404(appointments, pk=pk)
    if not Activity.objects.visible_to(request.user).closable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return appointment


def _reopen_url(appointment: Activity) -> str:
    return reverse("activities:appointment_reopen", args=[appointment.pk])
