"""Whom rules meet: what an event tells them, and what the clock finds; each occasion is noted once."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from activities.models import Activity
from automation import clock
from automation.conditions import all_deals, fitting
from automation.models import CausedEvent, Rule, RuleHit, Trigger
from automation.silence import customers_with_rhythm
from core.models import Event
from core.moments import morning_of
from offers.models import OfferVersion
from pipeline.models import Deal

TRIGGER_OF = {
    "offer.sent": Trigger.OFFER_SENT,
    "offer.opened": Trigger.OFFER_OPENED,
    "appointment.held": Trigger.APPOINTMENT_HELD,
    "deal.opened": Trigger.DEAL_OPENED,
    "deal.moved": Trigger.DEAL_MOVED,
    "deal.won": Trigger.DEAL_WON,
    "deal.lost": Trigger.DEAL_LOST,
}
EVENT_OF: dict[str, str] = {trigger: kind for kind, trigger in TRIGGER_OF.items()}
# A rule may follow from what a rule did, and another from that; then somebody has to look.
DEEPEST = 2
# What one look of the clock takes on of a rule; the next look goes on.
MOST_AT_ONCE = 1000


def meet_event(event: Event) -> list[RuleHit]:
    """Note which running rules this event concerns; answer what is new. Safe to repeat."""
    rules = Rule.objects.running().filter(trigger=TRIGGER_OF[event.kind]).select_related("loss_reason")
    deal_id = deal_of(event)
    if deal_id is None or not rules:
        return []
    cause = CausedEvent.objects.filter(event=event).select_related("hit").first()
    deals = Deal.objects.filter(pk=deal_id)
    met = [
        _hit(rule, event, deal_id, cause.hit if cause else None)
        for rule in rules
        if _tells_of(event, rule) and fitting(rule, deals).exists()
    ]
    return _noted(met)


def deal_of(event: Event) -> int | None:
    """The deal an event is about."""
    if event.subject_kind == "deal":
        return event.subject_id
    if event.subject_kind == "offerversion":
        versions = OfferVersion.objects.filter(pk=event.subject_id)
        return versions.values_list("offer__deal", flat=True).first()
    return Activity.objects.filter(pk=event.subject_id).values_list("deal", flat=True).first()


def look_around(rule: Rule) -> list[RuleHit]:
    """Note what the clock finds for one rule; answer what is new. Safe to repeat."""
    return _noted(_silent(rule) if rule.is_about_customers else _lasting(rule))


def still_fits(hit: RuleHit) -> bool:
    """Whether the rule would meet it now, too: it is on, the conditions hold, and what lasted still lasts."""
    rule = hit.rule
    if not rule.is_active:
        return False
    if hit.company_id is not None:
        found = customers_with_rhythm(rule.days, hit.company_id)
        return any(one.occasion == hit.occasion for one in found)
    deals = fitting(rule, Deal.objects.filter(pk__in=[hit.deal_id]))
    if rule.is_by_the_clock:
        return any(one == hit.occasion for _on, one in clock.occasions(rule.trigger, rule.days, deals))
    return deals.exists()


def _lasting(rule: Rule) -> list[RuleHit]:
    known = rule.hits.filter(deal=OuterRef("pk"), occasion=OuterRef("occasion"))
    rows = clock.due(clock.found(rule.trigger, rule.days, fitting(rule, all_deals()))).filter(~Exists(known))
    new = rows.order_by("falls_due_on", "pk").values_list("pk", "occasion")[:MOST_AT_ONCE]
    now = timezone.now()
    return [RuleHit(rule=rule, deal_id=pk, occasion=occasion, due_at=now) for pk, occasion in new]


def _silent(rule: Rule) -> list[RuleHit]:
    late = [one for one in customers_with_rhythm(rule.days) if one.is_due]
    mine = rule.hits.filter(company__in=[one.company_id for one in late])
    known = set(mine.values_list("company_id", "occasion"))
    new = [one for one in late if (one.company_id, one.occasion) not in known][:MOST_AT_ONCE]
    now = timezone.now()
    return [RuleHit(rule=rule, company_id=one.company_id, occasion=one.occasion, due_at=now) for one in new]


def _tells_of(event: Event, rule: Rule) -> bool:
    wanted = rule.loss_reason.code if rule.loss_reason else None
    return wanted is None or event.payload.get("reason") == wanted


def _hit(rule: Rule, event: Event, deal_id: int, cause: RuleHit | None) -> RuleHit:
    depth = cause.depth + 1 if cause else 0
    hit = RuleHit(rule=rule, deal_id=deal_id, occasion=f"event-{event.pk}", depth=depth)
    day = timezone.localdate(event.at) + timedelta(days=rule.days)
    hit.due_at = morning_of(day) if rule.days else event.at
    if cause is not None and (depth > DEEPEST or rule.pk in _rules_before(cause)):
        hit.state, hit.ended_at = RuleHit.State.LOOP, timezone.now()
    return hit


def _rules_before(hit: RuleHit) -> set[int]:
    """The rules that led to this hit, its own included."""
    rules, current = {hit.rule_id}, hit
    for _step in range(DEEPEST + 1):
        if not current.depth:
            break
        event_id = int(current.occasion.removeprefix("event-"))
        caused = CausedEvent.objects.filter(event=event_id).select_related("hit").first()
        if caused is None:
            break
        current = caused.hit
        rules.add(current.rule_id)
    return rules


def _noted(hits: Iterable[RuleHit]) -> list[RuleHit]:
    """The hits that were not known; the unique constraint decides between two who look at once."""
    given = list(hits)
    if not given:
        return []
    before = RuleHit.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    RuleHit.objects.bulk_create(given, ignore_conflicts=True, batch_size=500)
    rules, occasions = {hit.rule_id for hit in given}, {hit.occasion for hit in given}
    new = RuleHit.objects.filter(pk__gt=before, rule__in=rules, occasion__in=occasions)
    return list(new.order_by("pk"))
