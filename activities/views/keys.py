"""The page of one's own keys: the calendar feed and the telephone system."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from accounts.rights import get_editable
from activities.actions import make_key, revoke_key
from activities.models import AccessKey


@require_GET
def access_keys(request: Request) -> HttpResponse:
    """What is open to which program."""
    return _page(request)


@require_POST
def key_make(request: Request) -> HttpResponse:
    """Make a key; its secret is on this one page and nowhere else, so there is no redirect."""
    purpose = request.POST.get("purpose", "")
    if purpose not in AccessKey.Purpose.values:
        raise Http404
    key, token = make_key(AccessKey.Purpose(purpose), actor=request.user)
    return _page(request, made=key, token=token)


@require_POST
def key_revoke(request: Request, pk: int) -> HttpResponse:
    """Let a key open nothing any more."""
    revoke_key(get_editable(AccessKey.objects, request.user, pk), actor=request.user)
    return redirect("activities:access_keys")


def _page(request: Request, *, made: AccessKey | None = None, token: str = "") -> HttpResponse:
    keys = AccessKey.objects.visible_to(request.user).valid()
    is_feed = made is not None and made.purpose == AccessKey.Purpose.CALENDAR
    context = {
        "calendar_keys": keys.filter(purpose=AccessKey.Purpose.CALENDAR),
        "telephone_keys": keys.filter(purpose=AccessKey.Purpose.TELEPHONE),
        "made": made,
        "token": token,
        "feed": request.build_absolute_uri(reverse("activities:calendar_feed", args=[token]))
        if is_feed
        else "",
        "lookup": request.build_absolute_uri(reverse("activities:caller_lookup")),
        "page": request.build_absolute_uri(reverse("activities:caller")),
    }
    return render(request, "activities/access_keys.html", context)
