"""Making leads of mails that wait."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import events
from leads.models import Lead, Recognition
from mailbox.errors import MailDecidedMeanwhile
from mailbox.mail_leads import make_lead_of_mail
from mailbox.models import TakenMail


@transaction.atomic
def make_lead(mail: TakenMail, *, actor: User) -> Lead | Recognition:
    """Make a lead of a waiting mail, the actor's; MailDecidedMeanwhile when somebody was faster."""
    mail = TakenMail.objects.select_for_update(of=("self",)).select_related("mailbox").get(pk=mail.pk)
    if mail.state != TakenMail.State.QUEUED:
        raise MailDecidedMeanwhile(_("Somebody else has decided about this mail in the meantime."))
    made = make_lead_of_mail(mail, actor=actor)
    events.record("mail.filed", mail, actor=actor, count=1)
    return made
