"""Planning follow-ups, and doing or postponing them by one key."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable
from activities.actions import (
    edit_follow_up,
    finish_follow_up,
    plan_follow_up,
    postpone_follow_up,
    reopen_follow_up,
)
from activities.forms import FollowUpEditForm, FollowUpForm, PostponeForm
from activities.models import FollowUp
from activities.subjects import DEAL, get_subject
from activities.views.answers import posted, show_form, subject_of, written
from core.templatetags.dates import today, weekday_date
from core.working_days import working_day_after
from pipeline.models import Deal

FIELDS = "activities/_follow_up_fields.html"


@require_http_methods(["GET", "POST"])
def follow_up_plan(request: Request, kind: str, pk: int) -> HttpResponse:
    """Plan something to be done."""
    subject = get_subject(request.user, kind, pk)
    owner = subject.row.owner if kind == DEAL else request.user
    initial: dict[str, object] = {
        "owner": owner,
        "on": working_day_after(today(), land=(owner or request.user).works_in),
        "kind": FollowUp.Kind.CALL,
    }
    form = FollowUpForm(subject, request.user, posted(request), initial=initial)
    if not form.is_valid():
        return show_form(request, form, FIELDS, subject=subject, title=_("Follow-up"))

    follow_up = plan_follow_up(
        subject.about(deal=form.cleaned_data.get("deal"), person=form.cleaned_data.get("person")),
        form.step(),
        form_key=form.cleaned_data["form_key"],
        actor=request.user,
    )

    return written(request, follow_up, _("Planned for %(day)s") % {"day": weekday_date(follow_up.due_on)})


@require_GET
def deal_next_step(request: Request, pk: int) -> HttpResponse:
    """The form of a deal's next step: the earliest open follow-up, or a new one where none is planned."""
    deal = get_editable(Deal.objects, request.user, pk)
    planned = FollowUp.objects.editable_by(request.user).filter(deal=deal).open().first()
    if planned is None or planned.appointment_id is not None:
        return redirect("activities:follow_up_plan", DEAL, pk)
    return redirect("activities:follow_up_edit", planned.pk)


@require_http_methods(["GET", "POST"])
def follow_up_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is to be done, when, and by whom."""
    follow_up = get_editable(FollowUp.objects, request.user, pk)
    subject = subject_of(request, follow_up)
    form = FollowUpEditForm(follow_up, subject, request.user, posted(request))
    if not form.is_valid() or form.is_stale():
        return show_form(request, form, FIELDS, subject=subject, title=_("Follow-up"))

    edited = edit_follow_up(follow_up, form.step(), seen_version=form.seen_version(), actor=request.user)

    return written(request, edited, _("Saved."))


@require_POST
def follow_up_finish(request: Request, pk: int) -> HttpResponse:
    """Done."""
    done = finish_follow_up(get_editable(FollowUp.objects, request.user, pk), actor=request.user)
    undo_url = reverse("activities:follow_up_reopen", args=[done.pk])
    return written(request, done, _("Done: %(what)s") % {"what": done}, undo_url=undo_url)


@require_POST
def follow_up_reopen(request: Request, pk: int) -> HttpResponse:
    """Not done after all."""
    follow_up = reopen_follow_up(get_editable(FollowUp.objects, request.user, pk), actor=request.user)
    return written(request, follow_up, _("Open again: %(what)s") % {"what": follow_up})


@require_POST
def follow_up_postpone(request: Request, pk: int) -> HttpResponse:
    """Put off to another day, the next working day when none is named."""
    follow_up = get_editable(FollowUp.objects, request.user, pk)
    on = request.POST.get("on") or working_day_after(today(), land=request.user.works_in)
    form = PostponeForm({"on": on, "version": request.POST.get("version", "")})
    if not form.is_valid():
        raise Http404
    before, seen_version = follow_up.due_on.isoformat(), form.cleaned_data["version"]

    postponed = postpone_follow_up(
        follow_up, form.cleaned_data["on"], seen_version=seen_version, actor=request.user
    )

    undo_url = reverse("activities:follow_up_put_back", args=[pk, before])
    undo_url = f"{undo_url}?version={postponed.version}"
    text = _("Postponed to %(day)s") % {"day": weekday_date(postponed.due_on)}
    return written(request, postponed, text, undo_url=undo_url)


@require_POST
def follow_up_put_back(request: Request, pk: int, on: str) -> HttpResponse:
    """Put back to the day it had before it was postponed."""
    follow_up = get_editable(FollowUp.objects, request.user, pk)
    form = PostponeForm({"on": on, "version": request.GET.get("version", "")})
    if not form.is_valid():
        raise Http404

    day: date = form.cleaned_data["on"]
    seen_version = form.cleaned_data["version"]
    put_back = postpone_follow_up(follow_up, day, seen_version=seen_version, actor=request.user)

    return written(request, put_back, _("Back on %(day)s") % {"day": weekday_date(day)})
