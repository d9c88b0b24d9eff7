"""Beginning to prospect the chosen companies of a list: some at once, many in the background."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from accounts.http import Request
from contacts.views.saving import posted
from core import jobs
from core.models import Job
from core.templatetags.money import number
from intake.actions import start_prospecting
from intake.prospect_form import ProspectForm
from intake.prospecting_job import MOST_PROSPECTED, PROSPECT
from lists.answers import ask, told
from lists.choices import MOST_CHOSEN, Choice, read_choice
from lists.models import ViewPage


@require_http_methods(["GET", "POST"])
def companies_prospect(request: Request) -> HttpResponse:
    """Make outbound leads of the chosen companies; those with an open lead stay as they are."""
    sent = request.GET if request.method == "GET" else request.POST
    choice = read_choice(ViewPage.COMPANIES, request.user, sent, most=MOST_PROSPECTED)
    form = ProspectForm(request.user, posted(request))
    if not form.is_valid():
        title = _("Start prospecting")
        note = _("One outbound lead of each company; who has an open lead already is left out.")
        return ask(request, choice, form, "lists/_fields.html", title=title, submit_label=title, note=note)
    if len(choice.rows) > MOST_CHOSEN:
        return _in_background(request, choice, form)

    made = start_prospecting(choice.rows, **form.cleaned_data, actor=request.user)

    count, stayed = len(made), len(choice.rows) - len(made)
    text = ngettext("%(number)s lead was made.", "%(number)s leads were made.", count)
    kept = ngettext("%(number)s has an open lead.", "%(number)s have an open lead.", stayed)
    unchanged = kept % {"number": number(stayed)} if stayed else ""
    return told(request, choice, text % {"number": number(count)}, unchanged=unchanged)


@require_GET
def prospecting_report(request: Request, pk: int) -> HttpResponse:
    """How far it is, and what became of the companies; for who asked for it, and admins."""
    job = get_object_or_404(Job, pk=pk, kind=PROSPECT)
    if job.actor_id != request.user.pk and not request.user.is_admin:
        raise Http404
    return render(request, "intake/prospecting_report.html", {"job": job})


def _in_background(request: Request, choice: Choice, form: ProspectForm) -> HttpResponse:
    keys: dict[str, jobs.Param] = {
        name: chosen.pk if chosen else None for name, chosen in form.cleaned_data.items()
    }
    keys["companies"] = [company.pk for company in choice.rows]
    job = jobs.start(PROSPECT, actor=request.user, **keys)  # type: ignore[arg-type]
    url = reverse("intake:prospecting_report", args=[job.pk])
    job.url = url
    job.save(update_fields=["url"])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
