"""What the mail on Monday morning says: the page of the changes in short, in the reader's language."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.snapshot import snapshot
from core.templatetags.dates import weekday_date
from reporting.changes_asked import Asked, choices_of, own_choice
from reporting.changes_page import ChangesPage
from reporting.models import WeeklyMail
from reporting.scopes import visible_scopes

MOST_DEALS = 12
LAST_DAY = timedelta(days=6)


def weekly_message(mail: WeeklyMail) -> EmailMultiAlternatives:
    """Write it: a rep's own deals, a manager's teams', for an admin everyone's; as far as each may see them.

    The same row gives the same Message-ID, so that a mail server which took it and failed to say so does not
    show it twice.
    """
    user = mail.user
    with translation.override(user.language), snapshot():
        page = _page(mail, user)
        context = {
            "page": page,
            "asked": page.asked,
            "rows": page.top(MOST_DEALS),
            "more": max(len(page.changes.rows) - MOST_DEALS, 0),
            "user": user,
            "site": settings.SITE_URL,
            "link": settings.SITE_URL + page.asked.path,
            "profile": settings.SITE_URL + reverse("accounts:profile"),
        }
        subject = _("What has changed: %(whose)s, %(since)s to %(until)s") % {
            "whose": page.asked.whose.name,
            "since": weekday_date(page.asked.since),
            "until": weekday_date(page.asked.until),
        }
        message = EmailMultiAlternatives(
            # A name may hold a line break, a header never.
            subject=" ".join(subject.split()),
            body=render_to_string("reporting/weekly_mail.txt", context),
            to=[user.email],
            headers={
                "Message-ID": f"<weekly-mail-{mail.pk}-{mail.week_starts_on}@{_domain()}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(render_to_string("reporting/weekly_mail.html", context), "text/html")
    return message


def _page(mail: WeeklyMail, user: User) -> ChangesPage:
    scopes = visible_scopes(user)
    choices = choices_of(user, scopes)
    week = Asked(own_choice(user, choices), since=mail.week_starts_on, until=mail.week_starts_on + LAST_DAY)
    return ChangesPage(week, user, scopes, choices)


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
