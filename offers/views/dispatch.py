"""A version at its customer: the PDF, the links to it, whether it was opened, who accepted."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from offers.actions import make_link, revoke_links
from offers.dispatch import Dispatch, pdf_of
from offers.models import OfferVersion


@require_GET
def version_dispatch(request: Request, pk: int) -> HttpResponse:
    """The panel on the page of a version."""
    version = get_visible(OfferVersion.objects.for_page(), request.user, pk)
    return render(request, "offers/_dispatch.html", {"dispatch": Dispatch(version, request.user)})


@require_POST
def link_make(request: Request, pk: int) -> HttpResponse:
    """A new link; it is shown this once."""
    version = get_editable(OfferVersion.objects.for_page(), request.user, pk)
    _link, token = make_link(version, actor=request.user)
    address = settings.SITE_URL + reverse("offers:customer_offer", args=[token])
    context = {"dispatch": Dispatch(version, request.user), "address": address}
    return render(request, "offers/link_made.html", context)


@require_POST
def links_revoke(request: Request, pk: int) -> HttpResponse:
    """Let none of its links open anything any more."""
    version = get_editable(OfferVersion.objects.for_page(), request.user, pk)
    revoke_links(version, actor=request.user)
    messages.success(request, _("The links open nothing any more."))
    return redirect(version)


@require_GET
def version_document(request: Request, pk: int) -> HttpResponse:
    """The PDF: of a sent version the very file; of a draft what it would be."""
    version = get_visible(OfferVersion.objects.for_page(), request.user, pk)
    response = HttpResponse(pdf_of(version), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{version.offer.number or "entwurf"}.pdf"'
    return response
