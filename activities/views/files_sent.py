"""The files that came with a form."""

from django.utils.translation import gettext as _

from accounts.http import Request
from activities.actions import add_file
from activities.errors import FileRefused
from activities.files import MOST_PER_ENTRY
from activities.models import Attachment

LONGEST_KEY = 19


def sent_files(request: Request) -> list[Attachment]:
    """The files of a form: uploaded while it was open, or sent along where there is no script."""
    uploads = request.FILES.getlist("file")
    keys = _keys(request.POST.getlist("files"))
    if len(keys) + len(uploads) > MOST_PER_ENTRY:
        raise FileRefused(_("An entry takes %(count)d files at most.") % {"count": MOST_PER_ENTRY})
    return chosen_files(request) + [add_file(upload, actor=request.user) for upload in uploads]


def chosen_files(request: Request) -> list[Attachment]:
    """Those uploaded while the form was open: kept when it comes back with errors."""
    keys = _keys(request.POST.getlist("files"))[:MOST_PER_ENTRY]
    return list(Attachment.objects.visible_to(request.user).waiting().filter(pk__in=keys).order_by("pk"))


def _keys(texts: list[str]) -> list[int]:
    """Keys the database can have; what is none is left out."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < LONGEST_KEY]
