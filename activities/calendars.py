"""Appointments as iCalendar (RFC 5545): one as a file, all of a user as a feed."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.models import User
from activities.models import MEETINGS, Activity, ActivityQuerySet
from activities.subjects import subject_url

USUAL_LENGTH = timedelta(hours=1)
LOOKS_BACK, LOOKS_AHEAD = timedelta(days=30), timedelta(days=365)
MOST = 1000
STATES = {Activity.Status.CANCELLED: "CANCELLED"}


def feed_of(user: User) -> ActivityQuerySet:
    """What stands in a user's calendar: what they go to and went to, without what was removed."""
    now = timezone.now()
    rows = Activity.objects.visible_to(user).attended_by([user.pk]).filter(kind__in=MEETINGS)
    rows = rows.filter(at__gte=now - LOOKS_BACK, at__lte=now + LOOKS_AHEAD)
    return rows.select_related("company", "person", "deal", "lead").order_by("at", "pk")[:MOST]


def ends(appointment: Activity) -> datetime:
    """When it ends, or would end if it takes the usual hour."""
    return appointment.ends_at or appointment.at + USUAL_LENGTH


def calendar_file(appointments: Iterable[Activity], *, site: str, name: str = "") -> bytes:
    """A calendar of these appointments; `site` is what their links begin with."""
    calendar = Calendar()
    calendar.add("prodid", "-//Funnel CRM//DE")
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", name)
        # How often programs look again, where they listen to it.
        calendar.add("x-published-ttl", "PT1H")
    for appointment in appointments:
        calendar.add_component(_event(appointment, site))
    return bytes(calendar.to_ical())


def _event(appointment: Activity, site: str) -> Event:
    event = Event()
    event.add("uid", f"appointment-{appointment.pk}@{_domain()}")
    event.add("dtstamp", appointment.created_at.astimezone(UTC))
    event.add("dtstart", appointment.at.astimezone(UTC))
    event.add("dtend", ends(appointment).astimezone(UTC))
    event.add("sequence", appointment.version)
    event.add("status", STATES.get(Activity.Status(appointment.status), "CONFIRMED"))
    event.add("summary", _summary(appointment))
    event.add("url", site + subject_url(appointment))
    if appointment.place:
        event.add("location", appointment.place)
    if appointment.text:
        event.add("description", appointment.text)
    return event


def _summary(appointment: Activity) -> str:
    customer = appointment.company or appointment.person or appointment.deal or appointment.lead
    who = f" ({appointment.person})" if appointment.company and appointment.person else ""
    return _("%(kind)s: %(customer)s") % {
        "kind": appointment.get_kind_display(),
        "customer": f"{customer}{who}",
    }


def _domain() -> str:
    return settings.SITE_URL.rpartition("//")[2].partition("/")[0].partition(":")[0] or "localhost"
