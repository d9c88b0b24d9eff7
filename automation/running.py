"""Acting on what rules met: one after the other, each in a transaction of its own, each once."""

import logging
from datetime import timedelta

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.utils import timezone

from automation.deeds import Did, do
from automation.finding import look_around, still_fits
from automation.models import CausedEvent, Rule, RuleHit
from core.errors import DomainError
from core.models import Event
from core.moments import day_start, morning_of

logger = logging.getLogger(__name__)
State = RuleHit.State
# What one tick acts on; the next goes on.
MOST_AT_ONCE = 500


def look_at_clock() -> int:
    """Let every running rule of the clock look around; answer how many deals and customers it met anew."""
    rules = [rule for rule in Rule.objects.running() if rule.is_by_the_clock]
    return sum(len(look_around(rule)) for rule in rules)


def act_on_due() -> int:
    """Act on everything that is due, the oldest first; answer how many were looked at.

    Rows are claimed with SKIP LOCKED: several workers share the work. One that dies leaves its hit planned.
    """
    for count in range(MOST_AT_ONCE):
        with transaction.atomic():
            hit = _next_due()
            if hit is None:
                return count
            _act(hit)
    return MOST_AT_ONCE


def _next_due() -> RuleHit | None:
    waiting = RuleHit.objects.planned().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")
    locked = waiting.select_for_update(of=("self",), skip_locked=True)
    return locked.select_related("rule", "deal__owner__team", "company__owner__team").first()


def _act(hit: RuleHit) -> None:
    if _had_enough_today(hit.rule):
        RuleHit.objects.filter(pk=hit.pk).update(due_at=morning_of(timezone.localdate() + timedelta(days=1)))
        return
    if not still_fits(hit):
        end_hit(hit, State.SKIPPED)
        return
    last_event = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        with transaction.atomic():
            did, refusals = _deeds(hit)
    except Exception as error:
        logger.exception("Rule hit %s failed", hit.pk)
        end_hit(hit, State.FAILED, note=type(error).__name__)
        return
    end_hit(hit, State.DONE if did else State.FAILED, did=did, note=" ".join(refusals))
    _remember_what_it_caused(hit, last_event)


def _deeds(hit: RuleHit) -> tuple[list[Did], list[str]]:
    """What was done, and in words what was refused; one refusal does not hold up the other deeds."""
    did, refusals = [], []
    for deed in hit.rule.deeds.select_related("to", "template"):
        try:
            with transaction.atomic():
                did.append(do(deed, hit))
        except DomainError as refusal:
            refusals.append(str(refusal.message))
    return did, refusals


def end_hit(hit: RuleHit, state: str, *, did: list[Did] | None = None, note: str = "") -> None:
    """Write what became of it."""
    RuleHit.objects.filter(pk=hit.pk).update(
        state=state, ended_at=timezone.now(), did=did or [], note=note[:300]
    )


def _had_enough_today(rule: Rule) -> bool:
    today = day_start(timezone.localdate())
    return rule.hits.filter(state=State.DONE, ended_at__gte=today).count() >= rule.per_day


def _remember_what_it_caused(hit: RuleHit, last_event: int) -> None:
    """Mark what the deeds told, so that rules do not answer one another for ever.

    Events carry the moment their transaction began: what others wrote meanwhile is not taken for ours.
    """
    caused = Event.objects.filter(pk__gt=last_event, at=TransactionNow())
    CausedEvent.objects.bulk_create(
        (CausedEvent(event=event, hit=hit) for event in caused), ignore_conflicts=True
    )
