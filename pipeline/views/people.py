"""Who and what belongs to a deal: criteria ticked by hand, the buying centre, co-workers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from contacts.models import BuyingRole, Person
from pipeline.actions import add_member, name_person, remove_member, tick_criterion, withdraw_person
from pipeline.forms import MemberForm, NamePersonForm, TickForm
from pipeline.models import Deal
from pipeline.views.answers import changed


@require_http_methods(["GET", "POST"])
def criterion_tick(request: Request, pk: int) -> HttpResponse:
    """Ask what shows that a criterion is met, then tick it."""
    deal = get_editable(Deal.objects, request.user, pk)
    if request.method == "GET":
        return _form(request, deal, TickForm(deal, initial={"criterion": request.GET.get("criterion")}))
    form = TickForm(deal, request.POST)
    if not form.is_valid():
        return _form(request, deal, form, status=422)

    met = tick_criterion(
        deal, form.cleaned_data["criterion"], note=form.cleaned_data["note"], actor=request.user
    )

    return changed(request, deal, _("Settled: %(criterion)s.") % {"criterion": met.criterion})


@require_http_methods(["GET", "POST"])
def person_name(request: Request, pk: int) -> HttpResponse:
    """Give a person a role in the buying centre."""
    deal = get_editable(Deal.objects, request.user, pk)
    form = NamePersonForm(deal, request.POST or None)
    if not form.is_valid():
        return _form(request, deal, form, status=422 if form.is_bound else 200)
    person = get_visible(Person.objects, request.user, form.cleaned_data["person"].pk)

    name_person(deal, person, BuyingRole(form.cleaned_data["role"]), actor=request.user)

    return changed(request, deal, _("%(person)s is in the buying centre.") % {"person": person})


@require_POST
def person_withdraw(request: Request, pk: int, named_pk: int) -> HttpResponse:
    """Take a person out of the buying centre; a second click finds nothing left to do."""
    deal = get_editable(Deal.objects, request.user, pk)
    for named in deal.people.select_related("person").filter(pk=named_pk):
        withdraw_person(named, actor=request.user)
    return changed(request, deal, _("Taken out of the buying centre."))


@require_http_methods(["GET", "POST"])
def member_add(request: Request, pk: int) -> HttpResponse:
    """Let a colleague work on the deal, too."""
    deal = get_editable(Deal.objects, request.user, pk)
    form = MemberForm(deal, request.POST or None)
    if not form.is_valid():
        return _form(request, deal, form, status=422 if form.is_bound else 200)

    member = add_member(deal, form.cleaned_data["user"], actor=request.user)

    return changed(request, deal, _("%(user)s works on this deal, too.") % {"user": member.user})


@require_POST
def member_remove(request: Request, pk: int, member_pk: int) -> HttpResponse:
    """End a colleague's work on the deal; a second click finds nothing left to do."""
    deal = get_editable(Deal.objects, request.user, pk)
    for member in deal.members.select_related("user").filter(pk=member_pk):
        remove_member(member, actor=request.user)
    return changed(request, deal, _("No longer works on this deal."))


def _form(
    request: Request, deal: Deal, form: TickForm | NamePersonForm | MemberForm, status: int = 200
) -> HttpResponse:
    template = "pipeline/_deal_form.html" if request.htmx else "pipeline/deal_form.html"
    return render(request, template, {"deal": deal, "form": form, "action": request.path}, status=status)
