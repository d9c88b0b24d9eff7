"""The photo of a person: uploading it, taking it away, showing it to who may see the person."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.actions import set_photo
from contacts.models import Person
from contacts.photo_form import PhotoForm
from contacts.views.saving import status_of


@require_http_methods(["GET", "POST"])
def person_photo(request: Request, pk: int) -> HttpResponse:
    """Upload a photo, or take the present one away."""
    person = get_editable(Person.objects, request.user, pk)
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
    if not form.is_valid():
        context = {"form": form, "person": person}
        return render(request, "contacts/person_photo.html", context, status=status_of(form))

    set_photo(person, form.cleaned_data["photo"], actor=request.user)

    messages.success(request, _("Saved."))
    return redirect(person)


@require_GET
def person_photo_file(request: Request, pk: int) -> FileResponse:
    """The picture itself, out of private storage; drawn by us, so its kind is certain."""
    person = get_visible(Person.objects, request.user, pk)
    try:
        picture = person.photo.open()
    except (ValueError, OSError) as problem:
        raise Http404 from problem
    answer = FileResponse(picture, content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=300"
    return answer
