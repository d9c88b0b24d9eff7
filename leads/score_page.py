"""What pages show of scores and chances: the reasons of one lead, and what a rule asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leads.chance_words import readable_words
from leads.models import Lead, LeadChance, ScoreRule

Part = ScoreRule.Part
CONDITIONS = (
    *("source", "campaign", "product_group", "direction", "language", "country", "postal_codes"),
    *("industry", "known", "job", "wish", "channel", "touch_direction", "page"),
)


@dataclass(frozen=True)
class ShownReason:
    """A rule in the reader's language, and what it gave."""

    label: str
    points: int


@dataclass(frozen=True)
class ShownPart:
    """Half of a score, with its reasons."""

    label: str
    points: int
    reasons: list[ShownReason]


@dataclass(frozen=True)
class ShownChance:
    """The chance, and in words what raises it and what lowers it, the strongest first."""

    chance: float
    raising: list[str]
    lowering: list[str]


def score_parts(lead: Lead) -> list[ShownPart]:
    """Both parts of a lead's score; together their reasons are the score."""
    given = {each["rule"]: each["points"] for each in lead.score_reasons or []}
    rules = {rule.pk: rule for rule in ScoreRule.objects.filter(pk__in=given)}
    shown = {Part.FIT: list[ShownReason](), Part.INTEREST: list[ShownReason]()}
    for key, points in given.items():
        if key in rules:
            shown[Part(rules[key].part)].append(ShownReason(str(rules[key]), points))
    return [
        ShownPart(_("Fit"), lead.fit, shown[Part.FIT]),
        ShownPart(_("Interest"), lead.keenness, shown[Part.INTEREST]),
    ]


def chance_of(lead: Lead) -> ShownChance | None:
    """The chance of an open lead; None while none is stated."""
    found = LeadChance.objects.filter(lead=lead).first() if lead.is_open else None
    if found is None:
        return None
    labels = readable_words(word for word, _weight in found.reasons)
    return ShownChance(
        found.chance,
        [labels[word] for word, weight in found.reasons if weight > 0],
        [labels[word] for word, weight in found.reasons if weight < 0],
    )


def conditions_of(rule: ScoreRule) -> list[str]:
    """What a rule asks, each condition with its name."""
    return [text for name in CONDITIONS if (text := _condition(rule, name))]


@dataclass(frozen=True)
class ShownRule:
    """A rule with its conditions in words."""

    rule: ScoreRule
    conditions: list[str]


def rules_by_part(rules: Iterable[ScoreRule]) -> list[tuple[str, list[ShownRule]]]:
    """All rules under the part they count for."""
    rows = [ShownRule(rule, conditions_of(rule)) for rule in rules]
    return [(str(part.label), [row for row in rows if row.rule.part == part]) for part in Part]


def _condition(rule: ScoreRule, name: str) -> str:
    if not getattr(rule, rule._meta.get_field(name).attname):  # type: ignore[union-attr]
        return ""
    display = getattr(rule, f"get_{name}_display", None)
    label = str(rule._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return f"{label[:1].upper()}{label[1:]}: {display() if display else getattr(rule, name)}"
