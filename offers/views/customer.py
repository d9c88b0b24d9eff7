"""The customer's page of an offer: public, opened by a secret in the address, changed by POST only.

The secret stands in for the log-in and for the token against forged forms: nobody who does not know the
address can send anything there. Browsers that keep the address to themselves (no-referrer) send
`Origin: null` with a form, which Django's own check would refuse.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.client_address import client_address
from offers.actions import (
    Signer,
    accept_by_link,
    ask_by_link,
    counter_by_link,
    decline_by_link,
    find_link,
    note_opened,
)
from offers.customer_forms import (
    AcceptForm,
    AskForm,
    CounterForm,
    DeclineForm,
    chosen_positions,
    with_choice,
)
from offers.customer_page import CustomerPage

View = Callable[[HttpRequest, CustomerPage], HttpResponse]
FORMS = {"accept": AcceptForm, "ask": AskForm, "counter": CounterForm, "decline": DeclineForm}


def by_link(view: View) -> Callable[..., HttpResponse]:
    """Open the page that the secret belongs to, in its language; 404 for any other, old or revoked one."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        link = find_link(token)
        if link is None:
            raise Http404
        with override(link.version.language):
            response = view(request, CustomerPage(link, token))
        response["Referrer-Policy"] = "no-referrer"
        return response

    return opened


@require_GET
@by_link
def customer_offer(request: HttpRequest, page: CustomerPage) -> HttpResponse:
    """The offer to read."""
    return _shown(request, page)


@require_GET
@by_link
def customer_sums(request: HttpRequest, page: CustomerPage) -> HttpResponse:
    """What it would come to with the items that are ticked."""
    with_choice(page.rows, chosen_positions(dict(request.GET.lists()), page.rows))
    return render(request, "offers/customer/_sums.html", {"page": page})


@require_GET
@by_link
def customer_document(request: HttpRequest, page: CustomerPage) -> HttpResponse:
    """The PDF, byte by byte as it was sent."""
    response = HttpResponse(bytes(page.version.document.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{page.version.offer.number}.pdf"'
    return response


@require_POST
@by_link
def customer_opened(request: HttpRequest, page: CustomerPage) -> HttpResponse:
    """The page says that somebody looks at it; the first time is noted, nothing else of the reader."""
    note_opened(page.link)
    return HttpResponse(status=204)


@require_POST
@by_link
def customer_accept(request: HttpRequest, page: CustomerPage) -> HttpResponse:
    """Yes."""
    form = AcceptForm(request.POST)
    chosen = chosen_positions(dict(request.POST.lists()), page.rows)
    if not form.is_valid():
        with_choice(page.rows, chosen)
        return _shown(request, page, accept=form)
    given = form.cleaned_data
    signer = Signer(given["name"], given["email"], client_address(request))

    accept_by_link(page.link, signer, chosen=chosen)

    return _back(request, page, _("Thank you. The offer is accepted; we will get in touch with you."))


@require_POST
@by_link
def customer_decline(request: HttpRequest, page: CustomerPage) -> HttpResponse:
    """No."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, decline=form)

    decline_by_link(page.link, reason=form.cleaned_data["reason"])

    return _back(request, page, _("Thank you for telling us."))


@require_POST
@by_link
def customer_ask(request: HttpRequest, page: CustomerPage) -> HttpResponse:
    """A question."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, ask=form)

    ask_by_link(page.link, form.cleaned_data["text"], asker=form.cleaned_data["name"])

    return _back(request, page, _("Your question has reached us. The answer will appear here."))


@require_POST
@by_link
def customer_counter(request: HttpRequest, page: CustomerPage) -> HttpResponse:
    """Something else instead."""
    form = CounterForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, counter=form)

    counter_by_link(page.link, form.wish(), name=form.cleaned_data["name"])

    return _back(request, page, _("Your proposal has reached us. We will get in touch with you."))


def _shown(request: HttpRequest, page: CustomerPage, **tried: object) -> HttpResponse:
    """The page with its forms; those that were filled in wrongly stand open with what was typed."""
    forms = {name: tried.get(name) or form(prefix=None) for name, form in FORMS.items()}
    context = {"page": page, "forms": forms, "tried": next(iter(tried), "")}
    return render(request, "offers/customer_offer.html", context, status=422 if tried else 200)


def _back(request: HttpRequest, page: CustomerPage, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("offers:customer_offer", token=page.token)
