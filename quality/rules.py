"""The rules of good data: what a record should have, what it weighs, where it is mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import BuyingRole, Channel, DuplicatePair, FieldStand
from pipeline.models import DealPerson, Stage, StageSetting, longer_than_usual
from quality.models import Subject

# What nobody has confirmed for so long may have changed.
STALE_AFTER = timedelta(days=365)
REACHABLE_BY = ("phone", "mobile", "email")
FULL = 100


@dataclass(frozen=True)
class Rule:
    """Something a record should not be; `condition` holds where it is."""

    label: str | Promise
    why: str | Promise
    weight: int
    condition: Q
    # Where it is mended: the record itself, its form, its customer, or the list of duplicates.
    place: str


def rules_of(subject: str) -> Mapping[str, Rule]:
    """The rules that records of a subject are measured by, as they hold now."""
    return _of_deals() if subject == Subject.DEALS else _of_leads()


def measured(rows: QuerySet[Any], rules: Mapping[str, Rule]) -> QuerySet[Any]:
    """Each row says in `breaks_*` which rules it breaks, in `quality_score` what of their weight it keeps."""
    broken = {
        f"breaks_{code}": ExpressionWrapper(rule.condition, output_field=BooleanField())
        for code, rule in rules.items()
    }
    lost: Combinable = Value(0, output_field=IntegerField())
    for code, rule in rules.items():
        lost = lost + Case(
            When(**{f"breaks_{code}": True}, then=Value(rule.weight)),
            default=Value(0),
            output_field=IntegerField(),
        )
    whole = sum(rule.weight for rule in rules.values())
    # Whole numbers divide downwards: 100 is only what breaks nothing.
    score = ExpressionWrapper(Value(FULL) * (Value(whole) - lost) / Value(whole), output_field=IntegerField())
    return rows.annotate(**broken).annotate(quality_score=score)


def _of_deals() -> dict[str, Rule]:
    today = timezone.localdate()
    named = DealPerson.objects.filter(deal=OuterRef("pk"), role=BuyingRole.DECISION_MAKER)
    return {
        "no_next_step": Rule(
            _("No next step"), _("Nobody has planned anything."), 20, Q(next_step_on=None), "record"
        ),
        "overdue": Rule(
            _("Next step overdue"), _("What was planned is past."), 15, Q(next_step_on__lt=today), "record"
        ),
        "no_decision_maker": Rule(
            _("Decision maker missing"),
            _("From Kontakt on somebody who decides is named."),
            15,
            Q(stage__gte=Stage.KONTAKT) & ~Q(Exists(named)),
            "record",
        ),
        "too_long": Rule(
            _("Longer in the stage than usual"),
            _("Move it on, or let it go."),
            10,
            longer_than_usual(StageSetting.objects.all()),
            "record",
        ),
        "no_value": Rule(_("Value missing"), _("Without a value no forecast."), 10, Q(value=0), "form"),
        "closing_past": Rule(
            _("Expected closing is past"),
            _("Say when it is expected now."),
            10,
            Q(expected_close_on__lt=today),
            "form",
        ),
        "no_source": Rule(
            _("Source missing"), _("Nobody knows where business comes from."), 5, Q(source=None), "form"
        ),
        "unreachable": Rule(
            _("No phone and no mail"), _("The customer cannot be reached."), 15, ~_is_reached(), "customer"
        ),
        "stale": Rule(
            _("Stand older than a year"),
            _("Nobody has confirmed anything about the customer for a year."),
            5,
            ~_is_confirmed(),
            "customer",
        ),
        "duplicate": Rule(
            _("Duplicate suspected"), _("The customer may be there twice."), 5, _is_doubtful(), "duplicates"
        ),
    }


def _of_leads() -> dict[str, Rule]:
    now, today = timezone.now(), timezone.localdate()
    waits = Q(answered_at=None, answer_by__isnull=False)
    return {
        "unanswered": Rule(
            _("Answer overdue"),
            _("Somebody waits for an answer."),
            25,
            waits & Q(answer_by__lt=now),
            "record",
        ),
        "no_next_step": Rule(
            _("No next step"), _("Nobody has planned anything."), 20, ~waits & Q(next_step_on=None), "record"
        ),
        "overdue": Rule(
            _("Next step overdue"), _("What was planned is past."), 15, Q(next_step_on__lt=today), "record"
        ),
        "unreachable": Rule(
            _("No phone and no mail"),
            _("The customer cannot be reached."),
            15,
            Q(phone="", email="") & ~_is_reached(of_deal=False),
            "form",
        ),
        "no_source": Rule(
            _("Source missing"), _("Nobody knows where business comes from."), 10, Q(source=None), "form"
        ),
        "duplicate": Rule(
            _("Duplicate suspected"), _("The customer may be there twice."), 10, _is_doubtful(), "duplicates"
        ),
    }


def _is_reached(*, of_deal: bool = True) -> Q:
    """By a number or a mail address of the company, the person, or somebody in the buying centre."""
    channels = Channel.objects.filter(kind__in=REACHABLE_BY)
    found = Q(Exists(channels.filter(company=OuterRef("company")))) | Q(
        Exists(channels.filter(person=OuterRef("person")))
    )
    if of_deal:
        found |= Q(Exists(channels.filter(person__deal_roles__deal=OuterRef("pk"))))
    return found


def _is_confirmed() -> Q:
    since = timezone.now() - STALE_AFTER
    stands = FieldStand.objects.filter(confirmed_at__gte=since)
    channels = stands.filter(channel__isnull=False)
    return (
        Q(Exists(stands.filter(company=OuterRef("company"))))
        | Q(Exists(stands.filter(person=OuterRef("person"))))
        | Q(Exists(channels.filter(channel__company=OuterRef("company"))))
        | Q(Exists(channels.filter(channel__person=OuterRef("person"))))
    )


def _is_doubtful() -> Q:
    pairs, found = DuplicatePair.objects.waiting(), Q(pk__in=[])
    for side in ("low", "high"):
        for owner in ("company", "person"):
            found |= Q(Exists(pairs.filter(**{f"{side}_{owner}": OuterRef(owner)})))
    return found
