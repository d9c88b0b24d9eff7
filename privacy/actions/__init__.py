"""Every write of data protection: requests, reports, restriction, erasure, retention."""

from privacy.actions.erasure import erase_person
from privacy.actions.reports import ask_for_report, forget_reports, keep_report
from privacy.actions.requests import answer_request, note_request
from privacy.actions.restriction import lift_restriction, restrict_person
from privacy.actions.retention import confirm_proposal, delete_kept_records, postpone_proposal, propose

__all__ = [
    "answer_request",
    "ask_for_report",
    "confirm_proposal",
    "delete_kept_records",
    "erase_person",
    "forget_reports",
    "keep_report",
    "lift_restriction",
    "note_request",
    "postpone_proposal",
    "propose",
    "restrict_person",
]
