"""Every write to activities and follow-ups: object first, the rest by keyword, the actor always named."""

from activities.actions.access_keys import make_key, revoke_key, use_key
from activities.actions.appointments import (
    Meeting,
    agree_appointment,
    cancel_appointment,
    hold_appointment,
    mark_no_show,
    reopen_appointment,
)
from activities.actions.attachments import add_file, attach_files, detach_file, remove_orphans
from activities.actions.bringing_in import bring_in, deals_of, follow_deals
from activities.actions.conversation import after_the_appointment, after_the_call
from activities.actions.conversion import follow_back, follow_to_deal
from activities.actions.entries import (
    CallFacts,
    Correction,
    LetterFacts,
    edit_activity,
    log_call,
    log_letter,
    remove_activity,
    restore_activity,
    write_note,
)
from activities.actions.follow_ups import (
    NextStep,
    edit_follow_up,
    finish_follow_up,
    hand_over_follow_ups,
    mirror_next_step,
    plan_follow_up,
    postpone_follow_up,
    reopen_follow_up,
    step_text,
)
from activities.actions.guests import Guests
from activities.actions.links import About
from activities.actions.mails import MailFacts, log_mail
from activities.actions.many import plan_follow_ups
from activities.actions.marks import mark_row, write_mark
from activities.actions.mentions import see_mention, unsee_mention

__all__ = [
    "About",
    "CallFacts",
    "Correction",
    "Guests",
    "LetterFacts",
    "MailFacts",
    "Meeting",
    "NextStep",
    "add_file",
    "after_the_appointment",
    "after_the_call",
    "agree_appointment",
    "attach_files",
    "bring_in",
    "cancel_appointment",
    "deals_of",
    "detach_file",
    "edit_activity",
    "edit_follow_up",
    "finish_follow_up",
    "follow_back",
    "follow_deals",
    "follow_to_deal",
    "hand_over_follow_ups",
    "hold_appointment",
    "log_call",
    "log_letter",
    "log_mail",
    "make_key",
    "mark_no_show",
    "mark_row",
    "mirror_next_step",
    "plan_follow_up",
    "plan_follow_ups",
    "postpone_follow_up",
    "remove_activity",
    "remove_orphans",
    "reopen_appointment",
    "reopen_follow_up",
    "restore_activity",
    "revoke_key",
    "see_mention",
    "step_text",
    "unsee_mention",
    "use_key",
    "write_mark",
    "write_note",
]
