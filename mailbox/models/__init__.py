"""Mailboxes, the mails taken in from them, and the mails written here."""

from mailbox.models.mailbox import FetchRun, Mailbox
from mailbox.models.sent_mail import Purpose, SentMail, SentMailQuerySet
from mailbox.models.taken_mail import Filing, IgnoredSender, Reason, TakenMail, TakenMailQuerySet
from mailbox.models.template import MailTemplate, Signature

__all__ = [
    "FetchRun",
    "Filing",
    "IgnoredSender",
    "MailTemplate",
    "Mailbox",
    "Purpose",
    "Reason",
    "SentMail",
    "SentMailQuerySet",
    "Signature",
    "TakenMail",
    "TakenMailQuerySet",
]
