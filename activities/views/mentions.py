"""Naming colleagues in entries, seeing that one was named, and reminders that came due."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from accounts.models import User
from accounts.rights import get_editable
from activities.actions import see_mention, unsee_mention
from activities.mentioning import colleagues_like
from activities.models import Mention
from activities.subjects import subject_url
from activities.today import reminders_of
from activities.views.answers import written

LONGEST_NAME = 80


@require_GET
def colleague_options(request: Request) -> HttpResponse:
    """The colleagues whose name begins like what is typed after @."""
    colleagues: list[User] = colleagues_like(request.GET.get("q", "")[:LONGEST_NAME], without=request.user)
    return render(request, "activities/_colleagues.html", {"colleagues": colleagues})


@require_POST
def mention_seen(request: Request, pk: int) -> HttpResponse:
    """Seen: it leaves "Today"; from a link on to the entry."""
    mention = see_mention(get_editable(Mention.objects, request.user, pk), actor=request.user)
    if request.POST.get("open"):
        return redirect(f"{subject_url(mention.activity)}#activity-{mention.activity_id}")
    undo_url = reverse("activities:mention_unseen", args=[pk])
    return written(request, mention.activity, _("Seen."), undo_url=undo_url)


@require_POST
def mention_unseen(request: Request, pk: int) -> HttpResponse:
    """Not seen after all."""
    mention = unsee_mention(get_editable(Mention.objects, request.user, pk), actor=request.user)
    return written(request, mention.activity, _("The mention is back."))


@require_GET
def reminders(request: Request) -> JsonResponse:
    """What came due lately, for the pages that are open; each has a key, so that a page tells it once."""
    rows = reminders_of(request.user)
    told = [
        {
            "key": f"{row.pk}-{row.remind_at:%Y%m%d%H%M}",
            "text": _("Reminder: %(what)s") % {"what": row.told()},
            "url": subject_url(row),
        }
        for row in rows
    ]
    return JsonResponse({"reminders": told})
