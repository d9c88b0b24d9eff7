"""Every write of the intake: what comes in, what becomes of it, forms, keys."""

from intake.actions.consents import (
    confirm_consent,
    keep_evidence,
    keep_left_evidence,
    look_at_link,
    mail_due_consents,
)
from intake.actions.forms import ConsentFacts, FieldFacts, FormFacts, add_form, edit_form
from intake.actions.keys import make_key, revoke_key, use_key
from intake.actions.processing import process_again, process_submission
from intake.actions.prospecting import start_prospecting
from intake.actions.receiving import Given, receive_submission
from intake.actions.visits import Seen, forget_visits, identify_visitor, join_later_visits, see_page

__all__ = [
    "ConsentFacts",
    "FieldFacts",
    "FormFacts",
    "Given",
    "Seen",
    "add_form",
    "confirm_consent",
    "edit_form",
    "forget_visits",
    "identify_visitor",
    "join_later_visits",
    "keep_evidence",
    "keep_left_evidence",
    "look_at_link",
    "mail_due_consents",
    "make_key",
    "process_again",
    "process_submission",
    "receive_submission",
    "revoke_key",
    "see_page",
    "start_prospecting",
    "use_key",
]
