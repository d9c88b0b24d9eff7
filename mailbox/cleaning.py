"""The bytes of mails are kept for a while only: what matters of them stands on the timeline."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from mailbox.models import TakenMail

KEPT = timedelta(days=365)
REJECTED_KEPT = timedelta(days=90)
MOST_AT_ONCE = 2000


def remove_old_bytes() -> int:
    """Remove the files of filed mails after a year, and texts and files of rejected ones after 90 days."""
    now = timezone.now()
    rejected = Q(state=TakenMail.State.REJECTED, taken_at__lt=now - REJECTED_KEPT)
    old = TakenMail.objects.filter(rejected | Q(taken_at__lt=now - KEPT)).exclude(raw="")
    mails = list(old.order_by("pk")[:MOST_AT_ONCE])
    for mail in mails:
        mail.raw.delete(save=False)
        if mail.state == TakenMail.State.REJECTED:
            mail.text, mail.subject, mail.from_name = "", "", ""
        mail.save(update_fields=["raw", "text", "subject", "from_name"])
    return len(mails)
