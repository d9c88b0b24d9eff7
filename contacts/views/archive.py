"""Companies and persons that are no longer needed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import Request
from accounts.rights import get_editable
from contacts.actions import archive, unarchive
from contacts.models import Company, Person


@require_POST
def contact_archive(request: Request, pk: int, kind: type[Company] | type[Person]) -> HttpResponse:
    """Take a company or a person out of lists and choices."""
    row = archive(get_editable(kind.objects, request.user, pk), actor=request.user)
    messages.success(request, _("Archived."))
    return redirect(row)


@require_POST
def contact_unarchive(request: Request, pk: int, kind: type[Company] | type[Person]) -> HttpResponse:
    """Bring an archived company or person back."""
    row = unarchive(get_editable(kind.objects, request.user, pk), actor=request.user)
    messages.success(request, _("Brought back from the archive."))
    return redirect(row)
