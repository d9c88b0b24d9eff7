"""Beginning to prospect the chosen companies of a list."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from contacts.views.saving import posted
from core.templatetags.money import number
from intake.actions import start_prospecting
from intake.prospect_form import ProspectForm
from lists.answers import ask, told
from lists.choices import read_choice
from lists.models import ViewPage


@require_http_methods(["GET", "POST"])
def companies_prospect(request: Request) -> HttpResponse:
    """Make outbound leads of the chosen companies; those with an open lead stay as they are."""
    sent = request.GET if request.method == "GET" else request.POST
    choice = read_choice(ViewPage.COMPANIES, request.user, sent)
    form = ProspectForm(request.user, posted(request))
    if not form.is_valid():
        title = _("Start prospecting")
        note = _("One outbound lead of each company; who has an open lead already is left out.")
        return ask(request, choice, form, "lists/_fields.html", title=title, submit_label=title, note=note)

    made = start_prospecting(choice.rows, **form.cleaned_data, actor=request.user)

    count, stayed = len(made), len(choice.rows) - len(made)
    text = ngettext("%(number)s lead was made.", "%(number)s leads were made.", count)
    kept = ngettext("%(number)s has an open lead.", "%(number)s have an open lead.", stayed)
    unchanged = kept % {"number": number(stayed)} if stayed else ""
    return told(request, choice, text % {"number": number(count)}, unchanged=unchanged)
