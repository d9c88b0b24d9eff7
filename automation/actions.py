"""Keeping rules, switching them, stopping what they planned."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.models import FollowUp
from automation.errors import HitDecided, RuleEditedMeanwhile
from automation.models import Notice, Rule, RuleAction, RuleHit
from automation.running import end_hit
from core import events
from mailbox.models import MailTemplate
from pipeline.models import LossReason


@dataclass(frozen=True)
class DeedFacts:
    """One deed as it is typed."""

    kind: str
    text: str = ""
    days: int = 0
    step_kind: str = FollowUp.Kind.CALL
    to: User | None = None
    template: MailTemplate | None = None


@dataclass(frozen=True)
class RuleFacts:
    """A rule as it is typed, with its deeds in their order."""

    name: str
    trigger: str
    days: int = 0
    loss_reason: LossReason | None = None
    per_day: int = 100
    conditions: dict[str, str] = field(default_factory=dict)
    deeds: Sequence[DeedFacts] = ()


@transaction.atomic
def add_rule(facts: RuleFacts, *, actor: User, code: str = "", is_active: bool = False) -> Rule:
    """Keep a new rule; the ready-made one of the same `code` is answered if it is there already."""
    if code and (already := Rule.objects.select_for_update().filter(code=code).first()):
        return already
    rule = Rule.objects.create(**_values(facts), code=code, is_active=is_active)
    _write_deeds(rule, facts.deeds)
    events.record("rule.saved", rule, actor=actor)
    return rule


@transaction.atomic
def edit_rule(rule: Rule, facts: RuleFacts, *, seen_version: int, actor: User) -> Rule:
    """Change a rule; what it planned before is looked at with the new conditions when it is due.

    RuleEditedMeanwhile when someone saved since the form was opened.
    """
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    if rule.version != seen_version:
        raise RuleEditedMeanwhile(_("Someone else has changed this rule in the meantime."))
    for name, value in _values(facts).items():
        setattr(rule, name, value)
    rule.version += 1
    rule.save()
    rule.deeds.all().delete()
    _write_deeds(rule, facts.deeds)
    events.record("rule.saved", rule, actor=actor)
    return rule


@transaction.atomic
def switch_rule(rule: Rule, *, on: bool, actor: User) -> Rule:
    """Switch a rule on or off; what is planned while it is off is left out when it is due."""
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    if rule.is_active != on:
        rule.is_active = on
        rule.version += 1
        rule.save(update_fields=["is_active", "version"])
        events.record("rule.switched", rule, actor=actor, on=on)
    return rule


@transaction.atomic
def stop_hit(hit: RuleHit, *, actor: User) -> RuleHit:
    """Stop what a rule planned for a deal or a company; HitDecided when it is too late."""
    hit = RuleHit.objects.select_for_update().get(pk=hit.pk)
    if hit.state != RuleHit.State.PLANNED:
        raise HitDecided
    end_hit(hit, RuleHit.State.STOPPED)
    RuleHit.objects.filter(pk=hit.pk).update(ended_by=actor)
    events.record("rule.stopped", hit, actor=actor, rule=hit.rule_id)
    hit.refresh_from_db()
    return hit


@transaction.atomic
def see_notice(notice: Notice, *, actor: User) -> Notice:
    """Note that it was seen; twice is a no-op."""
    Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=timezone.now())
    return notice


def _values(facts: RuleFacts) -> dict[str, object]:
    names = ("name", "trigger", "days", "loss_reason", "per_day", "conditions")
    return {name: getattr(facts, name) for name in names}


def _write_deeds(rule: Rule, deeds: Sequence[DeedFacts]) -> None:
    RuleAction.objects.bulk_create(
        RuleAction(rule=rule, position=position, **vars(deed)) for position, deed in enumerate(deeds)
    )
