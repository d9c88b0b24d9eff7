"""What a rule would do: how many it would have met, and whom it would meet now."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from automation import clock
from automation.conditions import all_deals, fitting
from automation.finding import EVENT_OF, deal_of
from automation.models import Rule
from automation.silence import customers_with_rhythm
from contacts.models import Company
from core.models import Event
from pipeline.models import Deal

LOOKED_BACK = timedelta(days=30)
MOST_EVENTS = 20_000
SHOWN = 10


@dataclass(frozen=True)
class Preview:
    """How many it met or would meet; a few of them as far as the reader may see them.

    `is_of_the_past`: events of the last thirty days whose deals fit today; else what the clock finds now.
    """

    count: int
    is_of_the_past: bool
    deals: list[Deal]
    companies: list[Company]


def read_preview(rule: Rule, user: User) -> Preview:
    """What the rule as it stands would meet, switched on or not."""
    if rule.is_about_customers:
        late = [one.company_id for one in customers_with_rhythm(rule.days) if one.is_due]
        shown = Company.objects.filter(pk__in=late[:SHOWN]).order_by("sort_key", "pk")
        return Preview(len(late), False, [], list(shown))
    if rule.is_by_the_clock:
        rows = clock.due(clock.found(rule.trigger, rule.days, fitting(rule, all_deals())))
        seen = rows.filter(pk__in=Deal.objects.visible_to(user).values("pk"))
        shown_deals = seen.select_related("company", "person").order_by("falls_due_on", "pk")[:SHOWN]
        return Preview(rows.count(), False, list(shown_deals), [])
    return _of_events(rule, user)


def _of_events(rule: Rule, user: User) -> Preview:
    since = timezone.now() - LOOKED_BACK
    past = Event.objects.filter(kind=EVENT_OF[rule.trigger], at__gte=since).order_by("-pk")
    if rule.loss_reason is not None:
        past = past.filter(payload__reason=rule.loss_reason.code)
    events = list(past[:MOST_EVENTS])
    ids = [event.subject_id if event.subject_kind == "deal" else deal_of(event) for event in events]
    fit = set(fitting(rule, Deal.objects.filter(pk__in=set(ids))).values_list("pk", flat=True))
    met = [pk for pk in ids if pk in fit]
    newest = list(dict.fromkeys(met))
    shown = (
        Deal.objects.visible_to(user).filter(pk__in=newest[: SHOWN * 5]).select_related("company", "person")
    )
    return Preview(len(met), True, list(shown.order_by("-pk")[:SHOWN]), [])
