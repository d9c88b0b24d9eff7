"""The chance that a lead becomes a won deal, learned from those that were decided (leads.learning)."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from leads.learning.model import Case, Model, learn
from leads.models import Lead, LeadQuerySet, LeadState

# The newest are enough, and keep the night short.
MOST_CASES = 20_000
MORNING, EVENING = 8, 17


def words_of(lead: Lead) -> frozenset[str]:
    """What was known of a lead when it came; nothing that was learned by talking to it."""
    said = {
        "source": lead.source_id,
        "campaign": lead.campaign_id,
        "direction": lead.direction,
        "language": lead.language,
        "country": lead.country,
        "region": lead.postal_code[:1],
        "industry": lead.industry.casefold(),
        "group": lead.product_group_id,
        "hours": _hours(lead),
    }
    words = {f"{name}: {value}" for name, value in said.items() if value not in (None, "")}
    words |= {f"has {name}" for name in ("phone", "email", "company_name", "position") if getattr(lead, name)}
    return frozenset(words)


def learn_from_leads() -> Model | None:
    """Learn from all that were decided; None while there are too few."""
    return learn(list(past_cases()))


def past_cases() -> Iterator[Case]:
    """Leads that were disqualified, or whose deal was won or lost, in the order in which they came.

    Open ones are not decided yet, and left out; so the newest part holds the quickly decided ones.
    """
    rows = list(decided().order_by("-received_at", "-pk")[:MOST_CASES])
    for lead in reversed(rows):
        yield Case(words_of(lead), bool(lead.is_won))  # type: ignore[attr-defined]


def decided() -> LeadQuerySet:
    """Those leads, each with `is_won`; deals are of a higher app, found by the models' metadata."""
    deals = Lead._meta.get_field("deals").related_model
    theirs = deals._default_manager.filter(lead=OuterRef("pk"), voided_at=None)
    leads = Lead.objects.current().annotate(
        is_won=Exists(theirs.filter(outcome="won")), is_lost=Exists(theirs.filter(outcome="lost"))
    )
    return leads.filter(Q(state=LeadState.DISQUALIFIED) | Q(is_won=True) | Q(is_lost=True))


def _hours(lead: Lead) -> str:
    at = timezone.localtime(lead.received_at)
    return "working" if at.weekday() < 5 and MORNING <= at.hour < EVENING else "free"
