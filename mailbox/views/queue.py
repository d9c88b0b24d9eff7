"""The mails taken in: what waits for a decision, what was filed, what was rejected and why."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from activities.views.answers import posted
from contacts.actions import PersonFacts, add_person
from contacts.models import Company, Person
from core.pagination import keyset_page
from leads.models import Lead
from mailbox.actions import assign_mail, make_lead, reject_mail, requeue_mail
from mailbox.counts import counts_of_mailboxes
from mailbox.drop_box import own_addresses
from mailbox.folding import fold
from mailbox.forms import AssignForm, QueueFilter, RejectForm
from mailbox.models import TakenMail

ORDER = ("-at", "-id")


@require_GET
def mail_queue(request: Request) -> HttpResponse:
    """Mails by state, newest first, with the counts of each mailbox."""
    asked = QueueFilter(request.GET)
    rows = asked.rows(request.user).select_related("mailbox", "sent_by")  # type: ignore[attr-defined]
    context = {
        "filter": asked,
        "state": rows_state(asked),
        "states": TakenMail.State.choices,
        "page": keyset_page(rows, ORDER, request.GET.get("cursor", "")),
        "counts": counts_of_mailboxes(),
        "own_addresses": own_addresses(request.user),
    }
    return render(request, "mailbox/mail_queue.html", context)


@require_GET
def mail_detail(request: Request, pk: int) -> HttpResponse:
    """One mail as it was taken in."""
    mail = get_visible(TakenMail.objects.select_related("mailbox", "decided_by"), request.user, pk)
    filings = mail.filings.select_related("activity__person", "activity__company", "activity__deal")
    context = {"mail": mail, "text": fold(mail.text), "filings": filings}
    return render(request, "mailbox/mail_detail.html", context)


@require_GET
def mail_raw(request: Request, pk: int) -> FileResponse:
    """Its bytes, as a file to keep; never shown in the browser."""
    mail = get_visible(TakenMail.objects, request.user, pk)
    if not mail.raw:
        raise Http404
    answer = FileResponse(mail.raw.open(), as_attachment=True, filename=f"mail-{pk}.eml")
    answer["Content-Type"] = "application/octet-stream"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_http_methods(["GET", "POST"])
def mail_assign(request: Request, pk: int) -> HttpResponse:
    """File a waiting mail with a person or a company."""
    mail = get_editable(TakenMail.objects, request.user, pk)
    form = AssignForm(posted(request), initial={"person": _guess(mail)})
    if not form.is_valid():
        return _form(request, form, mail, _("File"))

    contact = form.cleaned_data["company"] or _entered(form.cleaned_data["person"], request)
    filed = assign_mail(mail, contact, remember=form.cleaned_data["remember"], actor=request.user)

    text = ngettext("%(count)d mail filed with %(name)s.", "%(count)d mails filed with %(name)s.", len(filed))
    return _decided(request, text % {"count": len(filed), "name": contact})


@require_http_methods(["GET", "POST"])
def mail_reject(request: Request, pk: int) -> HttpResponse:
    """Say that a mail is none of a customer."""
    mail = get_editable(TakenMail.objects, request.user, pk)
    form = RejectForm(posted(request))
    if not form.is_valid():
        return _form(request, form, mail, _("Reject"))

    given = form.cleaned_data
    reject_mail(mail, given["reason"], ignore_sender=given["ignore_sender"], actor=request.user)

    undo_url = reverse("mailbox:mail_requeue", args=[mail.pk])
    return _decided(request, _("The mail is rejected."), undo_url=undo_url)


@require_POST
def mail_requeue(request: Request, pk: int) -> HttpResponse:
    """Put a rejected mail back into the queue."""
    requeue_mail(get_editable(TakenMail.objects, request.user, pk), actor=request.user)
    return _decided(request, _("The mail waits for a decision again."))


@require_POST
def mail_lead(request: Request, pk: int) -> HttpResponse:
    """Make a lead of a waiting mail, one's own."""
    made = make_lead(get_editable(TakenMail.objects, request.user, pk), actor=request.user)
    if isinstance(made, Lead):
        return _decided(request, _("A lead was made of the mail."))
    return _decided(request, _("We know them already: it is noted as a touch."))


def rows_state(asked: QueueFilter) -> str:
    """The state that is shown."""
    valid = asked.cleaned_data if asked.is_valid() else {}
    return valid.get("state") or TakenMail.State.QUEUED


def _guess(mail: TakenMail) -> str:
    """The name before the address, for a person to be entered."""
    return f"+{mail.from_name}" if mail.from_name else ""


def _entered(person: Person, request: Request) -> Person | Company:
    if person.pk:
        return person
    facts = PersonFacts(first_name=person.first_name, last_name=person.last_name, owner=request.user)
    return add_person(facts, actor=request.user)


def _form(request: Request, form: AssignForm | RejectForm, mail: TakenMail, title: str) -> HttpResponse:
    page = "mailbox/_decide.html" if request.htmx else "mailbox/decide.html"
    context = {"form": form, "mail": mail, "title": title, "action": request.get_full_path()}
    return render(request, page, context, status=422 if form.is_bound else 200)


def _decided(request: Request, text: str, *, undo_url: str = "") -> HttpResponse:
    if not request.htmx:
        messages.success(request, text, extra_tags=undo_url)
        return redirect("mailbox:mail_queue")
    response = HttpResponse(status=204)
    trigger_client_event(response, "dialog:close")
    trigger_client_event(response, "mails-changed")
    return trigger_client_event(response, "toast", {"text": text, "level": "success", "undo_url": undo_url})
