"""Every write to activities and follow-ups: object first, the rest by keyword, the actor always named."""

from activities.actions.appointments import (
    Meeting,
    agree_appointment,
    cancel_appointment,
    hold_appointment,
    mark_no_show,
    reopen_appointment,
)
from activities.actions.conversation import after_the_appointment, after_the_call
from activities.actions.entries import (
    CallFacts,
    Correction,
    edit_activity,
    log_call,
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
from activities.actions.links import About
from activities.actions.mails import MailFacts, log_mail
from activities.actions.many import plan_follow_ups

__all__ = [
    "About",
    "CallFacts",
    "Correction",
    "MailFacts",
    "Meeting",
    "NextStep",
    "after_the_appointment",
    "after_the_call",
    "agree_appointment",
    "cancel_appointment",
    "edit_activity",
    "edit_follow_up",
    "finish_follow_up",
    "hand_over_follow_ups",
    "hold_appointment",
    "log_call",
    "log_mail",
    "mark_no_show",
    "mirror_next_step",
    "plan_follow_up",
    "plan_follow_ups",
    "postpone_follow_up",
    "remove_activity",
    "reopen_appointment",
    "reopen_follow_up",
    "restore_activity",
    "step_text",
    "write_note",
]
