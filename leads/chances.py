"""The chance that a lead becomes a won deal, learned from those that were decided (leads.learning)."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core.audit import CHANGED
from leads.learning.model import Case, Model, learn
from leads.learning.quality import Band, Calibration, Quality
from leads.learning.regression import Weights
from leads.models import ChanceModel, Lead, LeadQuerySet, LeadState

# The newest are enough, and keep the night short.
MOST_CASES = 20_000
BATCH = 1000
MORNING, EVENING = 8, 17


def words_of(lead: Lead) -> frozenset[str]:
    """What a lead says of itself; of one `as_they_came`, nothing that was learned by talking to it."""
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
    rows = list(decided().order_by("-received_at", "-pk")[:MOST_CASES])[::-1]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        for lead, then in zip(batch, as_they_came(batch), strict=True):
            yield Case(words_of(then), bool(lead.is_won))  # type: ignore[attr-defined]


def as_they_came(leads: Sequence[Lead]) -> list[Lead]:
    """The leads in the words they came with, from the audit; what was corrected since is not in them."""
    history = Lead._meta.get_field("events").related_model
    earliest = history._base_manager.filter(pgh_obj__in=[lead.pk for lead in leads], pgh_label=CHANGED)
    earliest = earliest.order_by("pgh_obj", "pgh_id").distinct("pgh_obj")
    # Rows of the audit have the columns of the lead.
    first: dict[int, Lead] = {row.pgh_obj_id: row for row in earliest}  # type: ignore[attr-defined, misc]
    return [first.get(lead.pk, lead) for lead in leads]


def stored(model: Model) -> dict[str, object]:
    """A model as the columns of `ChanceModel` keep it."""
    return {
        "base": model.weights.base,
        "weights": model.weights.by_word,
        "slope": model.calibration.slope,
        "shift": model.calibration.shift,
        "quality": asdict(model.quality),
    }


def restored(row: ChanceModel) -> Model | None:
    """The model a row keeps; None where there were too few to learn from."""
    if row.base is None or row.slope is None or row.shift is None:
        return None
    said = dict(row.quality)
    bands = tuple(Band(**band) for band in said.pop("bands"))
    return Model(
        Weights(row.base, row.weights), Calibration(row.slope, row.shift), Quality(**said, bands=bands)
    )


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
