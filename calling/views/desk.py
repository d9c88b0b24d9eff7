"""Working through a call list: one entry in hand, its result, the next one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from activities.forms import CallForm
from calling.actions import call_entry, keep_entry, leave_entry, leave_out, put_last, take_next
from calling.desk import Desk, subject_of
from calling.forms import LeaveForm
from calling.models import CallEntry, CallList

IN_ANOTHER_HAND = 409


@require_GET
def desk(request: Request, pk: int) -> HttpResponse:
    """The list with what the user has in hand; looking takes nothing in hand."""
    call_list = get_visible(CallList.objects, request.user, pk)
    held = CallEntry.objects.visible_to(request.user).in_hand_of(request.user).with_subject()
    entry = held.filter(call_list=call_list).first()
    form = CallForm(subject_of(entry), request.user) if entry else None
    return _show(request, call_list, entry, form)


@require_POST
def entry_next(request: Request, pk: int) -> HttpResponse:
    """Take the next entry in hand."""
    call_list = get_visible(CallList.objects, request.user, pk)

    take_next(call_list, actor=request.user)

    return redirect(call_list)


@require_POST
def entry_call(request: Request, pk: int) -> HttpResponse:
    """Log the call, and on to the next entry; the form again when something is missing."""
    entry = get_editable(CallEntry.objects.with_subject(), request.user, pk)
    subject = subject_of(entry)
    form = CallForm(subject, request.user, request.POST)
    if not form.is_valid():
        return _show(request, entry.call_list, entry, form)

    call = call_entry(
        entry,
        subject.about(deal=form.cleaned_data.get("deal"), person=form.cleaned_data.get("person")),
        form.facts(),
        meeting=form.meeting(),
        next_step=form.next_step(),
        form_key=form.cleaned_data["form_key"],
        actor=request.user,
    )

    said = _("Call logged: %(result)s.") % {"result": call.get_result_display()}
    return _onwards(request, entry, f"{subject.name}: {said}")


@require_POST
def entry_skip(request: Request, pk: int) -> HttpResponse:
    """Come back to this entry at the end of the list."""
    entry = put_last(get_editable(CallEntry.objects, request.user, pk), actor=request.user)
    return _onwards(request, entry, _("It comes again at the end of the list."))


@require_POST
def entry_leave_out(request: Request, pk: int) -> HttpResponse:
    """Take an entry off the list."""
    entry = leave_out(get_editable(CallEntry.objects, request.user, pk), actor=request.user)
    return _onwards(request, entry, _("Taken off the list."))


@require_POST
def entry_leave(request: Request, pk: int) -> HttpResponse:
    """Let go of the entry: at once by the button, shortly after by a page that is left (`soon`)."""
    entry = get_visible(CallEntry.objects, request.user, pk)
    form = LeaveForm(request.POST)
    is_soon = form.is_valid() and form.cleaned_data["soon"]

    leave_entry(entry, actor=request.user, at_once=not is_soon)

    return HttpResponse(status=204) if is_soon else redirect("calling:call_lists")


@require_POST
def entry_keep(request: Request, pk: int) -> HttpResponse:
    """The page of the entry is still open."""
    entry = get_visible(CallEntry.objects, request.user, pk)
    is_mine = keep_entry(entry, actor=request.user)
    return HttpResponse(status=204 if is_mine else IN_ANOTHER_HAND)


def _onwards(request: Request, entry: CallEntry, text: str) -> HttpResponse:
    messages.success(request, text)
    if entry.call_list.is_running:
        take_next(entry.call_list, actor=request.user)
    return redirect(entry.call_list)


def _show(
    request: Request, call_list: CallList, entry: CallEntry | None, form: CallForm | None
) -> HttpResponse:
    counted = CallList.objects.visible_to(request.user).with_progress().get(pk=call_list.pk)
    page = Desk(counted, request.user, entry, form)
    is_wrong = form is not None and form.is_bound
    return render(request, "calling/desk.html", {"desk": page}, status=422 if is_wrong else 200)
