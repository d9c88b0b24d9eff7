"""Leads become deals: one in a dialog, many by a job, either taken back within a day."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from core import jobs
from core.models import Job
from leads.known import known_as
from leads.models import Lead
from lists.answers import ask
from lists.choices import read_choice
from lists.models import ViewPage
from pipeline.conversion import convert_lead, is_undoable, undo_conversion
from pipeline.conversion_form import ConversionForm
from pipeline.conversion_job import CONVERT, read_report
from pipeline.forms import StageForm
from pipeline.models import LeadConversion


@require_http_methods(["GET", "POST"])
def lead_convert(request: Request, pk: int) -> HttpResponse:
    """The dialog that makes a deal of a lead."""
    lead = get_editable(Lead.objects.for_page(), request.user, pk)
    form = ConversionForm(lead, request.user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        template = "pipeline/_convert.html" if request.htmx else "pipeline/lead_convert.html"
        known = form.twins or [*known_as(lead).companies, *known_as(lead).persons]
        context = {"lead": lead, "form": form, "known": known, "action": request.path}
        return render(request, template, context, status=422 if form.is_bound else 200)

    conversion = convert_lead(lead, form.wanted(), actor=request.user)

    text = _("%(customer)s is in the funnel.") % {"customer": conversion.deal.customer_name}
    messages.success(request, text, extra_tags=_way_back(conversion))
    url = reverse("pipeline:deal_detail", args=[conversion.deal_id])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


@require_POST
def conversion_undo(request: Request, pk: int) -> HttpResponse:
    """Take a conversion back."""
    conversion = get_editable(LeadConversion.objects, request.user, pk)
    lead = undo_conversion(conversion, actor=request.user)
    messages.success(request, _("Undone: %(lead)s is a lead again.") % {"lead": lead})
    url = reverse("leads:lead_detail", args=[lead.pk])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


@require_GET
def lead_outcome(request: Request, pk: int) -> HttpResponse:
    """What became of a converted lead: its deal, and the way back while there is one."""
    lead = get_visible(Lead.objects, request.user, pk)
    standing = LeadConversion.objects.visible_to(request.user).filter(lead=lead, undone_at=None)
    conversion = standing.select_related("deal__company", "deal__person", "company", "person").first()
    may_undo = (
        conversion is not None
        and is_undoable(conversion, conversion.deal)
        and Lead.objects.editable_by(request.user).filter(pk=pk).exists()
    )
    context = {"conversion": conversion, "may_undo": may_undo}
    return render(request, "pipeline/_lead_outcome.html", context)


@require_http_methods(["GET", "POST"])
def leads_convert(request: Request) -> HttpResponse:
    """Make deals of the chosen leads, in the background; who may be known already is left and listed."""
    is_asked = request.method == "GET"
    choice = read_choice(ViewPage.LEADS, request.user, request.GET if is_asked else request.POST)
    form = StageForm(None if is_asked else request.POST)
    if not form.is_valid():
        return ask(
            request,
            choice,
            form,
            "pipeline/_stage_fields.html",
            title=_("Convert leads"),
            submit_label=_("Convert"),
            note=_("Leads that may be somebody we know already are left and listed in the report."),
        )
    leads = [lead.pk for lead in choice.rows]
    job = jobs.start(CONVERT, actor=request.user, leads=leads, stage=int(form.cleaned_data["stage"]))
    url = reverse("pipeline:conversion_report", args=[job.pk])
    job.url = url
    job.save(update_fields=["url"])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


@require_GET
def conversion_report(request: Request, pk: int) -> HttpResponse:
    """How far a bulk conversion is, and what became of each lead; for who asked for it, and admins."""
    job = get_object_or_404(Job, pk=pk, kind=CONVERT)
    if job.actor_id != request.user.pk and not request.user.is_admin:
        raise Http404
    return render(
        request, "pipeline/conversion_report.html", {"job": job, "report": read_report(job, request.user)}
    )


def _way_back(conversion: LeadConversion) -> str:
    return reverse("pipeline:conversion_undo", args=[conversion.pk])
