"""Writing calls, notes and letters; correcting and removing any entry."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable
from activities.actions import (
    after_the_call,
    attach_files,
    edit_activity,
    log_letter,
    remove_activity,
    restore_activity,
    write_note,
)
from activities.clashes import said_with_clashes
from activities.forms import ActivityForm, CallForm, LetterForm, NoteForm
from activities.models import Activity, FollowUp
from activities.subjects import get_subject
from activities.views.answers import posted, show_form, subject_of, written
from activities.views.files_sent import sent_files


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

    files = sent_files(request)
    call = after_the_call(
        subject.about(deal=form.cleaned_data.get("deal"), person=form.cleaned_data.get("person")),
        form.facts(),
        meeting=form.meeting(),
        next_step=form.next_step(),
        finishes=finishes,
        form_key=form.cleaned_data["form_key"],
        actor=request.user,
    )

    attach_files(call, files, actor=request.user)
    return written(request, call, _("Call logged: %(result)s.") % {"result": call.get_result_display()})


@require_http_methods(["GET", "POST"])
def note_write(request: Request, kind: str, pk: int) -> HttpResponse:
    """Write a note."""
    subject = get_subject(request.user, kind, pk)
    form = NoteForm(subject, request.user, posted(request))
    if not form.is_valid():
        return show_form(request, form, "activities/_note_fields.html", subject=subject, title=_("Note"))

    files = sent_files(request)
    note = write_note(
        subject.about(deal=form.cleaned_data.get("deal"), person=form.cleaned_data.get("person")),
        form.cleaned_data["text"],
        form_key=form.cleaned_data["form_key"],
        actor=request.user,
    )

    attach_files(note, files, actor=request.user)
    return written(request, note, _("Note saved."))


@require_http_methods(["GET", "POST"])
def letter_log(request: Request, kind: str, pk: int) -> HttpResponse:
    """Note a letter."""
    subject = get_subject(request.user, kind, pk)
    initial: dict[str, object] = {"on": timezone.localdate()}
    form = LetterForm(subject, request.user, posted(request), initial=initial)
    if not form.is_valid():
        template = "activities/_letter_fields.html"
        return show_form(request, form, template, subject=subject, title=_("Letter"))

    files = sent_files(request)
    letter = log_letter(
        subject.about(deal=form.cleaned_data.get("deal"), person=form.cleaned_data.get("person")),
        form.facts(),
        form_key=form.cleaned_data["form_key"],
        actor=request.user,
    )

    attach_files(letter, files, actor=request.user)
    return written(request, letter, _("Letter noted."))


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

    files = sent_files(request)
    attach_files(activity, files, actor=request.user)
    edited = edit_activity(activity, form.correction(), seen_version=form.seen_version(), actor=request.user)

    return written(request, edited, said_with_clashes(_("Saved."), edited, request.user))


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
