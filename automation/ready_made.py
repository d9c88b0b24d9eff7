"""Rules that most sales teams want: switched on by one click, then changed like any other."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.models import FollowUp
from automation.actions import DeedFacts, RuleFacts, add_rule, switch_rule
from automation.models import Deed, Rule, Trigger
from pipeline.models import LossReason

BUDGET = "budget"


@dataclass(frozen=True)
class ReadyMade:
    """One of them; `deeds` are kind, text, days and kind of follow-up."""

    code: str
    name: str | Promise
    trigger: Trigger
    days: int
    deeds: tuple[tuple[Deed, str | Promise, int, str], ...]
    loss_reason: str = ""


CALL, TO_DO = FollowUp.Kind.CALL.value, FollowUp.Kind.OTHER.value

READY_MADE = (
    ReadyMade(
        "chase-offer",
        _("Chase sent offers"),
        Trigger.OFFER_SENT,
        0,
        ((Deed.FOLLOW_UP, _("Chase the offer"), 7, CALL),),
    ),
    ReadyMade(
        "report-appointment",
        _("Report after appointments"),
        Trigger.APPOINTMENT_HELD,
        0,
        ((Deed.FOLLOW_UP, _("Write the report of the appointment"), 1, TO_DO),),
    ),
    ReadyMade(
        "no-next-step",
        _("Nothing planned"),
        Trigger.NO_NEXT_STEP,
        3,
        ((Deed.NOTIFY_OWNER, _("Nothing is planned for this deal"), 0, CALL),),
    ),
    ReadyMade(
        "no-next-step-manager",
        _("Nothing planned for long"),
        Trigger.NO_NEXT_STEP,
        10,
        ((Deed.NOTIFY_MANAGER, _("Nothing has been planned for this deal for ten days"), 0, CALL),),
    ),
    ReadyMade(
        "too-long",
        _("Too long in the stage"),
        Trigger.TOO_LONG,
        0,
        ((Deed.NOTIFY_OWNER, _("Longer in the stage than usual: what holds it up?"), 0, CALL),),
    ),
    ReadyMade(
        "budget-again",
        _("Ask again after six months (budget)"),
        Trigger.DEAL_LOST,
        0,
        ((Deed.FOLLOW_UP, _("Lost for budget half a year ago: ask again"), 182, CALL),),
        loss_reason=BUDGET,
    ),
    ReadyMade(
        "offer-runs-out",
        _("Offers about to expire"),
        Trigger.OFFER_RUNS_OUT,
        5,
        ((Deed.FOLLOW_UP, _("The offer runs out in a few days: ask the customer"), 0, CALL),),
    ),
    ReadyMade(
        "won-thanks",
        _("Thanks and next order after a win"),
        Trigger.DEAL_WON,
        0,
        (
            (Deed.FOLLOW_UP, _("Say thank you, ask whether all went well"), 14, CALL),
            (Deed.FOLLOW_UP, _("Ask about the next order"), 180, CALL),
        ),
    ),
    ReadyMade(
        "silent-customer",
        _("Customer silent for longer than usual"),
        Trigger.CUSTOMER_SILENT,
        7,
        ((Deed.FOLLOW_UP, _("Has not ordered for longer than usual: call"), 0, CALL),),
    ),
)


def not_taken() -> list[ReadyMade]:
    """Those that no rule was made of yet."""
    taken = set(Rule.objects.exclude(code="").values_list("code", flat=True))
    reasons = set(LossReason.objects.values_list("code", flat=True))
    return [
        one
        for one in READY_MADE
        if one.code not in taken and (not one.loss_reason or one.loss_reason in reasons)
    ]


def take(one: ReadyMade, *, actor: User) -> Rule:
    """Make a rule of it, switched on; its words are in the language of whoever takes it."""
    reason = LossReason.objects.filter(code=one.loss_reason).first() if one.loss_reason else None
    facts = RuleFacts(
        name=str(one.name),
        trigger=one.trigger,
        days=one.days,
        loss_reason=reason,
        deeds=[
            DeedFacts(kind=kind, text=str(text), days=days, step_kind=step)
            for kind, text, days, step in one.deeds
        ],
    )
    rule = add_rule(facts, actor=actor, code=one.code, is_active=True)
    return switch_rule(rule, on=True, actor=actor)
