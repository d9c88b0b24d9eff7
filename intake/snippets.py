"""What a web site takes over to show a form: a link, a frame, or plain HTML."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from intake.models import LeadForm


@dataclass(frozen=True)
class Snippet:
    """One way to show the form."""

    key: str
    label: str | Promise
    text: str
    needs_host: bool = True


def snippets(request: HttpRequest, form: LeadForm) -> list[Snippet]:
    """All ways, in the order of how little they ask of a web site."""
    page = request.build_absolute_uri(reverse("intake:form_page", args=[form.address]))
    frame = request.build_absolute_uri(reverse("intake:embedded_form", args=[form.address]))
    send = pgettext("button of a web form", "Send")
    context = {"form": form, "page": page, "frame": frame, "send": send}
    return [
        Snippet("link", _("Link"), page, needs_host=False),
        Snippet("frame", _("Frame"), render_to_string("intake/snippet_frame.txt", context).strip()),
        Snippet("html", _("Plain HTML"), render_to_string("intake/snippet_html.txt", context).strip()),
    ]
