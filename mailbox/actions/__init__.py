"""Every write of the mail: taking in, deciding, writing, sending again, templates."""

from mailbox.actions.leads import make_lead
from mailbox.actions.offers import send_offer
from mailbox.actions.taking import assign_mail, reject_mail, requeue_mail, take_in
from mailbox.actions.templates import (
    TemplateFacts,
    add_template,
    archive_template,
    edit_template,
    keep_signature,
)
from mailbox.actions.writing import MailText, give_up_mail, send_again, write_mail

__all__ = [
    "MailText",
    "TemplateFacts",
    "add_template",
    "archive_template",
    "assign_mail",
    "edit_template",
    "give_up_mail",
    "keep_signature",
    "make_lead",
    "reject_mail",
    "requeue_mail",
    "send_again",
    "send_offer",
    "take_in",
    "write_mail",
]
