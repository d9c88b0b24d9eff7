"""Rules, what they do, whom they met, and what they told colleagues."""

from automation.models.hit import CausedEvent, RuleHit, RuleHitQuerySet
from automation.models.notice import Notice, NoticeQuerySet
from automation.models.rule import Deed, Rule, RuleAction, RuleQuerySet, Trigger

__all__ = [
    "CausedEvent",
    "Deed",
    "Notice",
    "NoticeQuerySet",
    "Rule",
    "RuleAction",
    "RuleHit",
    "RuleHitQuerySet",
    "RuleQuerySet",
    "Trigger",
]
