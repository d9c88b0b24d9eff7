"""After the conversation: its result, the notes and the next step, written together or not at all."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from activities.actions.appointments import Meeting, agree_appointment, hold_appointment
from activities.actions.entries import CallFacts, log_call
from activities.actions.follow_ups import NextStep, finish_follow_up, plan_follow_up
from activities.actions.links import About
from activities.models import Activity, FollowUp
from core.form_keys import wait_for_twin


@transaction.atomic
def after_the_call(
    about: About,
    facts: CallFacts,
    *,
    actor: User,
    meeting: Meeting | None = None,
    next_step: NextStep | None = None,
    finishes: FollowUp | None = None,
    form_key: UUID | None = None,
) -> Activity:
    """Log a call, agree the appointment it brought, plan the next step, finish the follow-up it was made for.

    The same `form_key` again answers the call and writes nothing.
    """
    if form_key is not None:
        wait_for_twin(form_key)
        already = Activity.objects.filter(form_key=form_key).first()
        if already is not None:
            return already
    call = log_call(about, facts, actor=actor, form_key=form_key)
    if finishes is not None:
        finish_follow_up(finishes, actor=actor)
    if meeting is not None:
        agree_appointment(about, meeting, actor=actor)
    if next_step is not None:
        plan_follow_up(about, next_step, actor=actor)
    return call


@transaction.atomic
def after_the_appointment(
    appointment: Activity,
    *,
    text: str,
    seen_version: int,
    actor: User,
    next_step: NextStep | None = None,
) -> Activity:
    """Note that an appointment took place, what came of it, and the next step."""
    appointment = hold_appointment(appointment, text=text, seen_version=seen_version, actor=actor)
    if next_step is not None:
        about = About(
            deal=appointment.deal,
            company=appointment.company,
            person=appointment.person,
            lead=appointment.lead,
        )
        plan_follow_up(about, next_step, actor=actor)
    return appointment
