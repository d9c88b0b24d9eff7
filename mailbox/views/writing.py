"""Writing a mail, and what becomes of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import Request
from accounts.rights import get_editable, get_visible
from activities.models import Activity
from activities.subjects import get_subject
from activities.views.answers import posted, show_form, written
from mailbox.actions import give_up_mail, send_again, write_mail
from mailbox.forms import WriteForm
from mailbox.models import SentMail
from mailbox.whole_mail import read_whole

FIELDS = "mailbox/_write_fields.html"


@require_http_methods(["GET", "POST"])
def mail_write(request: Request, kind: str, pk: int) -> HttpResponse:
    """The mail to somebody at this customer; `take` puts a template in without sending anything."""
    subject = get_subject(request.user, kind, pk)
    form = WriteForm(subject, request.user, posted(request))
    if "take" in request.POST:
        taken = form.with_template()
        form = WriteForm(subject, request.user)
        form.initial = taken
    if not form.is_valid():
        words = {"title": _("E-mail"), "submit_label": _("Send")}
        return show_form(request, form, FIELDS, subject=subject, **words)

    mail = write_mail(
        form.about_what(),
        form.cleaned_data["to"],
        form.mail(),
        form_key=form.cleaned_data["form_key"],
        actor=request.user,
    )

    return written(request, mail.activity, _("The mail is being sent."))


@require_GET
def whole_mail(request: Request, pk: int) -> HttpResponse:
    """All of a mail on the timeline: addresses, the folded part, what became of it."""
    activity = get_visible(Activity.objects, request.user, pk)
    return render(request, "mailbox/_whole_mail.html", {"whole": read_whole(activity, request.user)})


@require_POST
def sent_again(request: Request, pk: int) -> HttpResponse:
    """Try to send it once more."""
    mail = send_again(get_editable(SentMail.objects, request.user, pk), actor=request.user)
    return written(request, mail.activity, _("The mail is being sent."))


@require_POST
def sent_give_up(request: Request, pk: int) -> HttpResponse:
    """Do not send it any more."""
    mail = give_up_mail(get_editable(SentMail.objects, request.user, pk), actor=request.user)
    return written(request, mail.activity, _("The mail will not be sent."))
