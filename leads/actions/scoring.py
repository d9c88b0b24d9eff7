"""Scores are computed anew; the rules they follow are kept."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import events
from leads.errors import RuleChangedMeanwhile
from leads.models import Lead, LeadQuerySet, ScoreRule
from leads.score_rows import scored

BATCH = 500
COLUMNS = ("fit", "keenness", "score", "score_reasons")


def score_leads(leads: LeadQuerySet | None = None, *, now: datetime | None = None) -> int:
    """Compute the scores of open leads anew (all of them, unless told which); answer how many changed.

    Each batch is locked and saved by itself; what became of closed leads stays as it was when they closed.
    """
    open_leads = (Lead.objects.current() if leads is None else leads).open()
    rules = list(ScoreRule.objects.in_use())
    keys = list(open_leads.order_by("pk").values_list("pk", flat=True))
    batches = (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
    return sum(_score_batch(batch, rules, now or timezone.now()) for batch in batches)


@transaction.atomic
def add_score_rule(rule: ScoreRule, *, actor: User) -> ScoreRule:
    """Keep a new rule; all open leads are scored anew afterwards."""
    rule.save()
    events.record("score_rule.changed", rule, actor=actor)
    return rule


@transaction.atomic
def edit_score_rule(rule: ScoreRule, *, seen_version: int, actor: User) -> ScoreRule:
    """Save a changed rule; RuleChangedMeanwhile when somebody else saved since `seen_version`."""
    present = ScoreRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if present.version != seen_version:
        raise RuleChangedMeanwhile(
            _("Someone else has changed this rule in the meantime. Nothing was saved yet.")
        )
    rule.version = present.version + 1
    rule.save()
    events.record("score_rule.changed", rule, actor=actor)
    return rule


@transaction.atomic
def _score_batch(keys: Sequence[int], rules: Sequence[ScoreRule], now: datetime) -> int:
    leads = Lead.objects.select_for_update(of=("self",)).open().filter(pk__in=keys).order_by("pk")
    changed = []
    for lead, score in scored(leads, rules, now):
        columns = score.stored()
        if any(getattr(lead, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(lead, name, value)
            changed.append(lead)
    Lead.objects.bulk_update(changed, COLUMNS)
    return len(changed)
