"""What an entry said before it was edited."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import Request
from accounts.rights import get_visible
from activities.models import Activity
from activities.versions import read_versions
from activities.views.answers import subject_of


@require_GET
def activity_versions(request: Request, pk: int) -> HttpResponse:
    """The entry as it stands and as it stood, newest first."""
    activity = get_visible(Activity.objects, request.user, pk)
    page = "activities/_versions.html" if request.htmx else "activities/versions.html"
    context = {
        "activity": activity,
        "versions": read_versions(activity),
        "subject": subject_of(request, activity),
    }
    return render(request, page, context)
