"""Many companies or persons of a list at once: another owner, a tag, archived, and that undone."""

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from contacts.actions import (
    Presumed,
    archive_contacts,
    give_contacts,
    presume_consent,
    tag_contacts,
    unarchive_contacts,
)
from contacts.law_forms import GroundForm
from contacts.models import Company, Person
from contacts.views.saving import posted
from core.moments import from_microseconds, to_microseconds
from core.templatetags.money import number
from lists.answers import ask, back, told
from lists.choices import Choice, read_choice
from lists.forms import NewOwnerForm
from lists.models import ViewPage

PAGES = {Company: ViewPage.COMPANIES, Person: ViewPage.PERSONS}
Kind = type[Company] | type[Person]


class TagForm(forms.Form):
    """A word that is put on the chosen rows."""

    tag = forms.CharField(label=_lazy("Tag"), max_length=40)


class ArchiveForm(forms.Form):
    """Nothing more is to be said."""


@require_http_methods(["GET", "POST"])
def contacts_give(request: Request, kind: Kind) -> HttpResponse:
    """Put somebody else in charge of the chosen rows."""
    choice = _choice(request, kind)
    form = NewOwnerForm(posted(request))
    if not form.is_valid():
        title = _("Change owner")
        return ask(request, choice, form, "lists/_new_owner_fields.html", title=title, submit_label=title)
    owner = form.cleaned_data["owner"]

    count = give_contacts(choice.rows, owner, actor=request.user)

    text = ngettext(
        "%(owner)s is now in charge of %(number)s.", "%(owner)s is now in charge of %(number)s.", count
    ) % {"owner": owner, "number": number(count)}
    return told(request, choice, text, unchanged=_unchanged(choice, count))


@require_http_methods(["GET", "POST"])
def contacts_tag(request: Request, kind: Kind) -> HttpResponse:
    """Put a tag on the chosen rows."""
    choice = _choice(request, kind)
    form = TagForm(posted(request))
    if not form.is_valid():
        title = _("Add a tag")
        return ask(request, choice, form, "lists/_fields.html", title=title, submit_label=title)

    count = tag_contacts(choice.rows, form.cleaned_data["tag"], actor=request.user)

    text = ngettext("%(number)s got the tag “%(tag)s”.", "%(number)s got the tag “%(tag)s”.", count) % {
        "number": number(count),
        "tag": form.cleaned_data["tag"],
    }
    return told(request, choice, text, unchanged=_unchanged(choice, count))


@require_http_methods(["GET", "POST"])
def contacts_archive(request: Request, kind: Kind) -> HttpResponse:
    """Take the chosen rows out of lists and choices; nothing is deleted."""
    choice = _choice(request, kind)
    form = ArchiveForm(posted(request))
    if not form.is_valid():
        note = _("Archived entries are in no list and no choice; nothing is deleted.")
        title = _("Archive")
        return ask(request, choice, form, "lists/_fields.html", title=title, submit_label=title, note=note)

    count, moment = archive_contacts(choice.rows, actor=request.user)

    text = ngettext("%(number)s is archived.", "%(number)s are archived.", count) % {"number": number(count)}
    undo = reverse(f"contacts:{PAGES[kind]}_archive_undo", args=[to_microseconds(moment)]) if count else ""
    return told(request, choice, text, unchanged=_unchanged(choice, count), undo_url=undo)


@require_http_methods(["GET", "POST"])
def contacts_presume(request: Request, kind: Kind) -> HttpResponse:
    """Note on the chosen rows why they can be presumed to want calls."""
    choice = _choice(request, kind)
    form = GroundForm(posted(request))
    if not form.is_valid():
        return ask(
            request,
            choice,
            form,
            "contacts/_ground_fields.html",
            title=_("Note the reason for calls"),
            submit_label=_("Note it"),
            note=_("Left out are those who objected, and private persons, who have to consent expressly."),
        )

    presumed = presume_consent(choice.rows, form.reason(), actor=request.user)

    text = ngettext(
        "The reason for calls is noted on %(number)s.",
        "The reason for calls is noted on %(number)s.",
        presumed.noted,
    ) % {"number": number(presumed.noted)}
    return told(request, choice, text, unchanged=_not_presumed(presumed))


@require_POST
def contacts_archive_undo(request: Request, kind: Kind, moment: int) -> HttpResponse:
    """Bring back what was archived together."""
    count = unarchive_contacts(kind, from_microseconds(moment), actor=request.user)
    if not count:
        raise Http404

    text = ngettext("%(number)s is back.", "%(number)s are back.", count) % {"number": number(count)}
    return back(request, PAGES[kind], text)


def _choice(request: Request, kind: Kind) -> Choice:
    return read_choice(PAGES[kind], request.user, request.GET if request.method == "GET" else request.POST)


def _not_presumed(presumed: Presumed) -> str:
    """On how many nothing was noted, and why."""
    told_of = (
        (presumed.known, _("May be called already: %(number)s.")),
        (presumed.objected, _("Objected: %(number)s.")),
        (presumed.private, _("Private persons, who have to consent expressly: %(number)s.")),
    )
    return " ".join(text % {"number": number(count)} for count, text in told_of if count)


def _unchanged(choice: Choice, count: int) -> str:
    stayed = len(choice.rows) - count
    text = ngettext("%(number)s was so already.", "%(number)s were so already.", stayed)
    return text % {"number": number(stayed)} if stayed else ""
