"""Leads with their touches, scored; and what a rule would do to them, were it saved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import RowNumber
from django.utils import timezone

from leads.models import Lead, ScoreRule, Touch
from leads.scoring import Score, Touched, score_of

# Of a lead with more touches the latest ones tell enough.
MOST_TOUCHES = 200
MOST_PREVIEWED, MOST_EXAMPLES = 5000, 5


@dataclass(frozen=True)
class Preview:
    """How many of the leads looked at would change, and some with their score after; `is_all`: no more."""

    looked_at: int
    is_all: bool
    changed: int
    examples: list[tuple[Lead, int]]


def preview_rule(rule: ScoreRule) -> Preview:
    """Compare the scores of the newest open leads with and without a rule as it stands in memory."""
    now = timezone.now()
    before = list(ScoreRule.objects.in_use())
    after = [one for one in before if one.pk != rule.pk] + ([rule] if rule.is_active else [])
    leads = list(Lead.objects.current().open().order_by("-received_at", "-pk")[: MOST_PREVIEWED + 1])
    looked_at = leads[:MOST_PREVIEWED]
    then = {lead.pk: score.total for lead, score in scored(looked_at, after, now)}
    found = scored(looked_at, before, now)
    changes = [(lead, then[lead.pk]) for lead, score in found if score.total != then[lead.pk]]
    return Preview(len(looked_at), len(leads) <= MOST_PREVIEWED, len(changes), changes[:MOST_EXAMPLES])


def scored(leads: Iterable[Lead], rules: Sequence[ScoreRule], now: datetime) -> Iterator[tuple[Lead, Score]]:
    """Each lead with what these rules make of it."""
    rows = list(leads)
    touches = _touches_of([lead.pk for lead in rows]) if any(rule.is_of_touches for rule in rules) else {}
    for lead in rows:
        yield lead, score_of(lead, touches.get(lead.pk, ()), rules, now=now)


def _touches_of(leads: Sequence[int]) -> dict[int, list[Touched]]:
    latest = Window(RowNumber(), partition_by=F("lead"), order_by=[F("at").desc(), F("pk").desc()])
    rows = (
        Touch.objects.filter(lead__in=leads)
        .annotate(place=latest, page=KeyTextTransform("page", "details"))
        .filter(place__lte=MOST_TOUCHES)
    )
    found: defaultdict[int, list[Touched]] = defaultdict(list)
    for lead, at, channel, direction, page in rows.values_list("lead", "at", "channel", "direction", "page"):
        found[lead].append(Touched(at, channel, direction, page or ""))
    return found
