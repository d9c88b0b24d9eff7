"""The list of leads, one lead's page, and changing what it says."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import Request
from accounts.rights import get_editable
from leads.actions import edit_lead
from leads.forms import LeadForm
from leads.lead_list import lead_pills, read_lead_list, recognised
from leads.lead_page import read_lead_page
from leads.models import Lead, LeadSetting
from leads.views.answers import changed
from lists.models import ViewPage
from lists.saved_views import Question, read_view_bar


@require_GET
def lead_list(request: Request) -> HttpResponse:
    """The inbox: leads under a filter, the most urgent first."""
    leads = read_lead_list(request.user, request.GET)
    context = {
        "table": leads,
        "page": leads.page,
        "bar": read_view_bar(Question(ViewPage.LEADS, leads.filter)),
        "views": lead_pills(leads, request.user),
        "recognised": recognised(request.user),
        "setting": LeadSetting.current(),
    }
    return render(request, "leads/lead_list.html", context)


@require_GET
def lead_detail(request: Request, pk: int) -> HttpResponse:
    """The page of a lead; a fragment request gets its body alone, after something changed."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user).for_page(), pk=pk)
    may_edit = Lead.objects.editable_by(request.user).filter(pk=pk).exists()
    template = "leads/_lead.html" if request.htmx else "leads/lead_detail.html"
    page = read_lead_page(lead, request.user, may_edit=may_edit)
    return render(request, template, {"page": page, "lead": lead})


@require_http_methods(["GET", "POST"])
def lead_edit(request: Request, pk: int) -> HttpResponse:
    """Change what a lead says; who was overtaken is told and loses nothing."""
    lead = get_editable(Lead.objects, request.user, pk)
    form = LeadForm(lead, request.POST if request.method == "POST" else None)
    if not form.is_valid() or form.is_stale():
        template = "leads/_lead_edit.html" if request.htmx else "leads/lead_edit.html"
        status = 409 if form.was_overtaken else 422 if form.is_bound else 200
        context = {"form": form, "lead": lead, "action": request.path}
        return render(request, template, context, status=status)

    edit_lead(
        lead,
        form.facts(),
        form.links(),
        extra=form.extra_values(),
        seen_version=form.seen_version(),
        actor=request.user,
    )

    return changed(request, lead, _("Saved."))
