"""The week view, and customers near a visit."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from accounts.http import Request
from accounts.models import User
from activities.models import MEETINGS, Activity
from activities.nearby import read_nearby
from activities.week import colleagues_to_choose, read_week


@require_GET
def week(request: Request) -> HttpResponse:
    """A week of one's own, or of a colleague, with clashes marked."""
    colleagues = colleagues_to_choose()
    of = _chosen(colleagues, request.GET.get("of", "")) or request.user
    shown = read_week(request.user, of, _day(request.GET.get("day", "")))
    template = "activities/_week_page.html" if request.htmx else "activities/week.html"
    return render(request, template, {"week": shown, "colleagues": colleagues})


@require_GET
def appointment_nearby(request: Request, pk: int) -> HttpResponse:
    """Customers near an appointment, in a dialog or on a page of its own."""
    appointments = Activity.objects.visible_to(request.user).filter(kind__in=MEETINGS)
    appointment = get_object_or_404(appointments.select_related("company", "person", "deal"), pk=pk)
    template = "activities/_nearby.html" if request.htmx else "activities/nearby.html"
    nearby = read_nearby(appointment, request.user)
    return render(request, template, {"appointment": appointment, "nearby": nearby})


def _chosen(colleagues: list[User], key: str) -> User | None:
    return next((user for user in colleagues if str(user.pk) == key), None)


def _day(text: str) -> date:
    """The day that was asked for, today for anything else."""
    try:
        return parse_date(text) or timezone.localdate()
    except ValueError:
        return timezone.localdate()
