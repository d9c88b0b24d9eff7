"""Each night is learned from the past, and the chance of each open lead is stated anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leads.chances import as_they_came, past_cases, restored, stored, words_of
from leads.learning.model import Model, learn
from leads.models import ChanceModel, Lead, LeadChance

BATCH = 1000
NIGHTS_KEPT = 60
MOST_REASONS = 5
# What moves the odds by less than a twentieth is no reason.
LEAST_WEIGHT = 0.05


@transaction.atomic
def learn_chances(*, now: datetime | None = None) -> ChanceModel:
    """Learn from the decided leads, keep what was learned with its quality, state the chances of open ones.

    With too few decided leads, or where stating the mean for all is as good, that is kept as well, and no
    lead has a chance any more.
    """
    cases = list(past_cases())
    model = learn(cases)
    row = ChanceModel.objects.create(
        learned_at=now or timezone.now(),
        cases=len(cases),
        won=sum(case.won for case in cases),
        **(stored(model) if model else {}),
    )
    if model and model.quality.is_useful:
        keys = list(Lead.objects.current().open().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            _state(keys[start : start + BATCH], model, row)
    LeadChance.objects.exclude(model=row).delete()
    kept = ChanceModel.objects.order_by("-pk").values("pk")[:NIGHTS_KEPT]
    ChanceModel.objects.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return row


@transaction.atomic
def state_chance(lead: Lead) -> None:
    """State the chance of a lead that came after the night, by what was learned then; safe to repeat."""
    row = ChanceModel.objects.latest_one()
    model = restored(row) if row else None
    if row and model and model.quality.is_useful and lead.is_open:
        _state([lead.pk], model, row)


def _state(keys: Sequence[int], model: Model, row: ChanceModel) -> None:
    leads = as_they_came(list(Lead.objects.filter(pk__in=keys).order_by("pk")))
    stated = []
    for key, lead in zip(sorted(keys), leads, strict=True):
        words = words_of(lead)
        reasons = [[word, weight] for word, weight in model.reasons(words) if abs(weight) >= LEAST_WEIGHT]
        stated.append(
            LeadChance(lead_id=key, model=row, chance=model.chance(words), reasons=reasons[:MOST_REASONS])
        )
    LeadChance.objects.bulk_create(
        stated,
        update_conflicts=True,
        unique_fields=["lead"],
        update_fields=["model", "chance", "reasons"],
    )
