"""Questions by mail: each sent once when it is due, with the table as an XLSX file."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core.snapshot import snapshot
from explorer.files import words, write_table
from explorer.models import MailedQuestion
from explorer.page import ExplorerPage
from explorer.rhythms import next_moment
from lists.actions import note_export
from lists.models import SavedView, Taken
from reporting.scopes import visible_scopes

logger = logging.getLogger(__name__)

MOST_LINES = 15


def send_due(now: datetime) -> int:
    """Send what is due; answer how many left. Safe to repeat, and side by side."""
    due = MailedQuestion.objects.due(now).select_related("user__team", "view").order_by("due_at")
    return sum(_send(mailed, now) for mailed in due[:200])


def _send(mailed: MailedQuestion, now: datetime) -> bool:
    """Claim it by moving its moment on, then send; a failure is noted and the next moment tries again."""
    claimed = MailedQuestion.objects.filter(pk=mailed.pk, due_at=mailed.due_at)
    if not claimed.update(due_at=next_moment(mailed.rhythm, now)):
        return False
    try:
        # A view that is shared no longer is not sent any more.
        if not SavedView.objects.visible_to(mailed.user).filter(pk=mailed.view_id).exists():
            MailedQuestion.objects.filter(pk=mailed.pk).delete()
            return False
        message_of(mailed, now).send()
    except Exception as error:
        # Whatever it was, the other readers get theirs. What the error says may hold an address.
        logger.warning("Mailed question %s was not sent: %s", mailed.pk, type(error).__name__)
        MailedQuestion.objects.filter(pk=mailed.pk).update(error=type(error).__name__)
        return False
    MailedQuestion.objects.filter(pk=mailed.pk).update(sent_at=timezone.now(), error="")
    return True


def message_of(mailed: MailedQuestion, now: datetime) -> EmailMessage:
    """The mail: the first lines in its text, the whole table as a file; under the reader's rights."""
    user = mailed.user
    with translation.override(user.language), snapshot():
        page = ExplorerPage(QueryDict(mailed.view.query), user, visible_scopes(user))
        export = write_table(page, "xlsx")
        lines = page.lines
        context = {
            "page": page,
            "name": mailed.view.name,
            "asked": words(page),
            "lines": lines[:MOST_LINES],
            "further": max(len(lines) - MOST_LINES, 0),
            "link": settings.SITE_URL + mailed.view.url,
        }
        note_export(user, Taken.EXPLORER, rows=export.rows, file_format="xlsx", asked=words(page))
        message = EmailMessage(
            # A name may hold a line break, a header never.
            subject=" ".join(mailed.view.name.split()),
            body=render_to_string("explorer/mail.txt", context),
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        with export.file as file:
            message.attach(export.name, file.read(), export.content_type)
    return message
