"""Files of entries: uploaded while the form is open, downloaded, taken away."""

from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from activities.actions import add_file, attach_files, detach_file
from activities.errors import FileRefused
from activities.models import Activity, Attachment
from activities.views.answers import written

# Nothing in it runs, whatever it is, even if a browser should show it after all.
LOCKED = "default-src 'none'; sandbox"


@require_POST
def file_add(request: Request) -> HttpResponse:
    """Store one chosen file; the answer is its line for the form, with its key."""
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        raise FileRefused(_("The file did not arrive. Is it too large?"))
    return render(request, "activities/_file_chosen.html", {"file": add_file(upload, actor=request.user)})


@require_GET
def file_download(request: Request, pk: int) -> FileResponse:
    """The file, as a download under its own name, to whoever may see its entry."""
    attachment = get_visible(Attachment.objects, request.user, pk)
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(content, content_type=attachment.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}"
    response["Content-Length"] = attachment.size
    response["Content-Security-Policy"] = LOCKED
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def file_remove(request: Request, pk: int) -> HttpResponse:
    """Take a file off its entry, or out of a form that is not saved yet."""
    attachment = get_editable(Attachment.objects, request.user, pk)
    activity = attachment.activity
    detach_file(attachment, actor=request.user)
    if activity is None:
        return HttpResponse()
    is_own = attachment.uploaded_by_id == request.user.pk
    undo_url = reverse("activities:file_put_back", args=[activity.pk, pk]) if is_own else ""
    return written(request, activity, _("File removed: %(name)s") % {"name": attachment}, undo_url=undo_url)


@require_POST
def file_put_back(request: Request, pk: int, file: int) -> HttpResponse:
    """Put a file back that was just taken off the entry."""
    activity = get_editable(Activity.objects, request.user, pk)
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user).waiting(), pk=file)
    attach_files(activity, [attachment], actor=request.user)
    return written(request, activity, _("The file is back."))
