"""Consents that came with a submission: confirmed by mail, evidence once it is known whose they are."""

import hashlib
import logging
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contacts.actions import Consent, record_consent
from contacts.models import Company, LegalEntry, Person
from contacts.suppression import suppressed
from core import events
from intake.errors import ConfirmationGone
from intake.models import Submission, SubmittedConsent
from leads.models import Touch
from mailbox.notices import send_notice

logger = logging.getLogger(__name__)

VALID = timedelta(days=14)
# Whoever types a stranger's address into a form again and again does not fill the stranger's mailbox.
MOST_MAILS_A_DAY = 3
MOST_ATTEMPTS = 5
FIRST_PAUSE = timedelta(minutes=2)
MOST_AT_ONCE = 100
MOST_KEPT_AT_ONCE = 1000
LONGEST_TOKEN = 100


def ask_for_confirmation(submission: Submission) -> None:
    """Let the mails with the links be due; they leave in the background."""
    asked = submission.consents.filter(needs_confirmation=True, confirmed_at=None, mailed_at=None)
    asked.update(due_at=timezone.now(), attempts=0)


def mail_due_consents(keys: list[int] | None = None) -> int:
    """Send the links that are due; answer how many left. Safe side by side: each row is claimed first."""
    due = SubmittedConsent.objects.filter(due_at__lte=timezone.now(), mailed_at=None)
    due = due.filter(submission__in=keys) if keys is not None else due
    rows = due.select_related("submission__form").order_by("due_at")
    return sum(_mail(consent) for consent in rows[:MOST_AT_ONCE])


def look_at_link(token: str) -> SubmittedConsent:
    """What a link confirms; ConfirmationGone for a wrong, used or old one alike."""
    consent = (
        SubmittedConsent.objects.filter(digest=_digest(token), confirmed_at=None)
        .filter(mailed_at__gt=timezone.now() - VALID)
        .select_related("submission__form")
        .first()
    )
    if consent is None:
        raise ConfirmationGone(_("This link is not valid (any more)."))
    return consent


@transaction.atomic
def confirm_consent(token: str) -> SubmittedConsent:
    """Note that whoever reads the mails of the address agrees; a second click at once finds it done."""
    found = look_at_link(token)
    consent = SubmittedConsent.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if consent.confirmed_at is None:
        consent.confirmed_at = timezone.now()
        consent.save(update_fields=["confirmed_at"])
        events.record("submission.consent_confirmed", consent.submission, actor=None)
        keep_evidence(consent.submission)
    return consent


@transaction.atomic
def keep_evidence(submission: Submission) -> int:
    """Put given consents on the record of the person or company once one is known; answer how many."""
    touch = Touch.objects.filter(pk=submission.touch_id or 0).select_related("person", "company").first()
    contact = touch and (touch.person or touch.company)
    if not isinstance(contact, Person | Company):
        return 0
    open_ones = submission.consents.select_for_update().filter(entry=None).order_by("pk")
    given = [consent for consent in open_ones if consent.is_given]
    for consent in given:
        consent.entry = record_consent(contact, _evidence(consent, submission), actor=None)
        consent.save(update_fields=["entry"])
    return len(given)


def keep_left_evidence() -> int:
    """The same for whatever was linked since, by whichever way; answer how many."""
    known = Q(touch__person__isnull=False) | Q(touch__company__isnull=False)
    is_given = Q(consents__needs_confirmation=False) | Q(consents__confirmed_at__isnull=False)
    waiting = Submission.objects.filter(known, is_given, consents__entry=None).distinct()
    return sum(map(keep_evidence, waiting.order_by("pk")[:MOST_KEPT_AT_ONCE]))


def _evidence(consent: SubmittedConsent, submission: Submission) -> Consent:
    is_confirmed = consent.confirmed_at is not None
    return Consent(
        means=consent.means,
        wording=consent.wording,
        way=LegalEntry.Way.WEB,
        source=f"{submission.form or submission.key} · {submission.reference}"[:200],
        at=consent.confirmed_at or submission.at,
        value=consent.value,
        proof=LegalEntry.Proof.DOUBLE_OPT_IN if is_confirmed else LegalEntry.Proof.NONE,
    )


def _mail(consent: SubmittedConsent) -> bool:
    """Send one link unless another worker does; a failure is tried again after two minutes, four, eight."""
    token = secrets.token_urlsafe(32)
    free = SubmittedConsent.objects.filter(pk=consent.pk, mailed_at=None, due_at=consent.due_at)
    if not free.update(digest=_digest(token), mailed_at=timezone.now(), due_at=None):
        return False
    if _is_unwanted(consent):
        return False
    try:
        with translation.override(consent.submission.language):
            send_notice(consent.value, *_letter(consent, token))
    except Exception as error:
        # What the error says may hold an address.
        logger.warning("The link of consent %s was not sent: %s", consent.pk, type(error).__name__)
        _give_back(consent)
        return False
    return True


def _letter(consent: SubmittedConsent, token: str) -> tuple[str, str]:
    url = settings.SITE_URL + reverse("intake:consent_confirm", args=[token])
    context = {"consent": consent, "url": url, "days": VALID.days}
    return _("Please confirm your consent"), render_to_string("intake/confirm_mail.txt", context)


def _is_unwanted(consent: SubmittedConsent) -> bool:
    """Somebody who wants no mail at all, or got enough of these today."""
    blocked = suppressed([(consent.means, consent.value)]).values()
    since = timezone.now() - timedelta(days=1)
    mailed = SubmittedConsent.objects.filter(value__iexact=consent.value, mailed_at__gt=since)
    return any(row.is_total for row in blocked) or mailed.count() > MOST_MAILS_A_DAY


def _give_back(consent: SubmittedConsent) -> None:
    attempts = consent.attempts + 1
    again = timezone.now() + FIRST_PAUSE * 2**consent.attempts if attempts < MOST_ATTEMPTS else None
    SubmittedConsent.objects.filter(pk=consent.pk).update(mailed_at=None, due_at=again, attempts=attempts)


def _digest(token: str) -> str:
    return hashlib.sha256(token[:LONGEST_TOKEN].encode("utf-8", "replace")).hexdigest()
