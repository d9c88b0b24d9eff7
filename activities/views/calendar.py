"""Calendars: an appointment as a file, a user's appointments as a private feed."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import Request
from activities.actions import use_key
from activities.calendars import calendar_file, feed_of
from activities.models import MEETINGS, AccessKey, Activity

TYPE = "text/calendar; charset=utf-8"


@require_GET
def appointment_file(request: Request, pk: int) -> HttpResponse:
    """One appointment for the calendar of whoever sees it."""
    appointments = Activity.objects.visible_to(request.user).filter(kind__in=MEETINGS)
    appointment = get_object_or_404(appointments.select_related("company", "person", "deal"), pk=pk)
    site = request.build_absolute_uri("/").rstrip("/")
    response = HttpResponse(calendar_file([appointment], site=site), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="termin-{pk}.ics"'
    return response


@login_not_required
@require_GET
def calendar_feed(request: Request, token: str) -> HttpResponse:
    """The appointments of whom the secret in the address belongs to; 404 for any other.

    The address is the key: it is told to nobody by a referrer, and kept by no cache.
    """
    user = use_key(token, AccessKey.Purpose.CALENDAR)
    if user is None:
        raise Http404
    with translation.override(user.language):
        name = _("Appointments of %(name)s") % {"name": user}
        site = request.build_absolute_uri("/").rstrip("/")
        content = calendar_file(feed_of(user), site=site, name=name)
    response = HttpResponse(content, content_type=TYPE)
    response["Referrer-Policy"] = "no-referrer"
    return response
